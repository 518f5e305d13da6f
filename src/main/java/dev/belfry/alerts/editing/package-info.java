/** Creates, changes and deletes alerts, all or nothing. */
@NullMarked
package dev.belfry.alerts.editing;

import org.jspecify.annotations.NullMarked;
