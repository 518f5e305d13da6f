/** Conditions: read, indexed, evaluated and explained. */
@NullMarked
package dev.belfry.conditions.tree;

import org.jspecify.annotations.NullMarked;
