/** Plumbing that no user would name: errors, scalars, limits, security. */
@NullMarked
package dev.belfry.platform;

import org.jspecify.annotations.NullMarked;
