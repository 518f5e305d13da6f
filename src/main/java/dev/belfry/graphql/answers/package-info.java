/** Writes answers as JSON, none longer than a node may hold. */
@NullMarked
package dev.belfry.graphql.answers;

import org.jspecify.annotations.NullMarked;
