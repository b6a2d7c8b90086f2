/**
 * What the tests of all modules share: a real PostgreSQL and a real Kafka broker, one of each per
 * JVM, and the house rules that every module keeps.
 */
@NullMarked
package io.imageaudit.test;

import org.jspecify.annotations.NullMarked;
