/**
 * Job notifications: intake, history, filters, facets, detail, and the marks that users
 * set.
 */
@NullMarked
package dev.belfry.jobs;

import org.jspecify.annotations.NullMarked;
