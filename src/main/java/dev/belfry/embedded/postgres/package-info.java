/** A PostgreSQL of Belfry's own, beside it. */
@NullMarked
package dev.belfry.embedded.postgres;

import org.jspecify.annotations.NullMarked;
