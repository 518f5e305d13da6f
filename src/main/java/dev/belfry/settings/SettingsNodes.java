package dev.belfry.settings;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.belfry.graphql.relay.NodeSource;
import dev.belfry.ids.Ids;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/** The account's settings and global notifications by their ids. */
@Configuration(proxyBeanMethods = false)
class SettingsNodes {

	private final SettingsVersions versions;

	private final SettingsViews views;

	SettingsNodes(SettingsVersions versions, SettingsViews views) {
		this.versions = versions;
		this.views = views;
	}

	/** Their number is the account's. */
	@Bean
	NodeSource settingsSource() {
		return new NodeSource(Ids.Kind.SETTINGS, (viewer, numbers) -> current(viewer.accountId())
			.map((settings) -> Map.of(viewer.accountId().value(), settings)));
	}

	@Bean
	NodeSource globalNotificationSource() {
		return new NodeSource(Ids.Kind.GLOBAL_NOTIFICATION, (viewer, places) -> current(viewer.accountId())
			.map((settings) -> byPlace(settings.globalNotifications())));
	}

	private Mono<NotificationSettingsView> current(AccountId account) {
		return this.versions.current(account).map((current) -> this.views.settings(account, current));
	}

	private static Map<Long, GlobalNotificationView> byPlace(List<GlobalNotificationView> all) {
		return IntStream.range(0, all.size()).boxed().collect(Collectors.toMap(Integer::longValue, all::get));
	}

}
