/** Model servers: what they are asked, what they answer, and how a call is kept from doing harm. */
@NullMarked
package io.imageaudit.worker.inference;

import org.jspecify.annotations.NullMarked;
