/**
 * The vocabulary of an audit: identities, verdicts, findings, failures and the answer that clients
 * read. Pure values; nothing here knows how they travel or where they are kept.
 */
@NullMarked
package io.imageaudit.model;

import org.jspecify.annotations.NullMarked;
