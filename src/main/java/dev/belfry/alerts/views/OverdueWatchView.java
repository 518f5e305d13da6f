package dev.belfry.alerts.views;

import org.jspecify.annotations.Nullable;

/**
 * What an alert about overdue jobs watches, as the schema shows it.
 *
 * @param integrationName as it is called now; null if it is no longer there
 */
record OverdueWatchView(String operation, String operationName, String integrationId, @Nullable String integrationName,
		@Nullable Integer afterMinutes, boolean timesUsual) {
}
