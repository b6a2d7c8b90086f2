/**
 * Keeps the bytes of images by their digest, one folder per tenant; written whole or not at all.
 */
@NullMarked
package io.imageaudit.intake.store;

import org.jspecify.annotations.NullMarked;
