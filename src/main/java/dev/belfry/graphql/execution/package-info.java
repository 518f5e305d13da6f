/** Runs operations within their limits. */
@NullMarked
package dev.belfry.graphql.execution;

import org.jspecify.annotations.NullMarked;
