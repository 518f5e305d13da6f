/** Job notifications, integrations and facets as the schema shows them. */
@NullMarked
package dev.belfry.jobs.views;

import org.jspecify.annotations.NullMarked;
