/** The bell and both subscriptions as the schema shows them. */
@NullMarked
package dev.belfry.bell.views;

import org.jspecify.annotations.NullMarked;
