/** Lets operations in: as many as a node can answer soon, and as quotas allow. */
@NullMarked
package dev.belfry.graphql.admission;

import org.jspecify.annotations.NullMarked;
