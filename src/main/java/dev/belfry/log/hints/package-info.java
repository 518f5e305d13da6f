/** Hints by which nodes notify each other that something moved. */
@NullMarked
package dev.belfry.log.hints;

import org.jspecify.annotations.NullMarked;
