/** CEL expressions over the fields of an event, bounded in steps. */
@NullMarked
package dev.belfry.conditions.cel;

import org.jspecify.annotations.NullMarked;
