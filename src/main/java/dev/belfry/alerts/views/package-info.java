/** Alerts and their versions as the schema shows them. */
@NullMarked
package dev.belfry.alerts.views;

import org.jspecify.annotations.NullMarked;
