package dev.belfry.alerts.recipients;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.ArgumentValue;

/**
 * What a recipient list is to be.
 *
 * @param id null for a new one
 */
record RecipientListInput(@Nullable String id, ArgumentValue<String> name, ArgumentValue<List<String>> addresses,
		@Nullable Integer expectedVersion, @Nullable String idempotencyKey) {
}
