/** The quickstart's story: submit pictures, hear signed callbacks, show what became of them. */
@NullMarked
package io.imageaudit.local.demo;

import org.jspecify.annotations.NullMarked;
