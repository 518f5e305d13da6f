/**
 * Makes starts fast: a node in training is used as in earnest, and what the JVM learns of
 * it is kept beside the jar.
 */
@NullMarked
package dev.belfry.embedded.training;

import org.jspecify.annotations.NullMarked;
