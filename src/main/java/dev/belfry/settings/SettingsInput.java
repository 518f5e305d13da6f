package dev.belfry.settings;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.ArgumentValue;

/** What is to be different, as the form of the settings says it. */
record SettingsInput(ArgumentValue<String> defaultEmail, @Nullable List<ToggleInput> globalNotifications,
		@Nullable Integer expectedVersion, @Nullable String idempotencyKey) {

	/** What is to be different about one global notification. */
	record ToggleInput(String type, ArgumentValue<Boolean> enabled, ArgumentValue<List<String>> overrideEmails) {
	}

}
