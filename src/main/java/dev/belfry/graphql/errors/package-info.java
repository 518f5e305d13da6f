/** Turns what went wrong into the one error that the client sees. */
@NullMarked
package dev.belfry.graphql.errors;

import org.jspecify.annotations.NullMarked;
