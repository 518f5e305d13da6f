package dev.belfry.settings;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.stereotype.Component;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Ids;
import dev.belfry.accounts.NodeResolver;
import dev.belfry.accounts.NodeType;
import dev.belfry.accounts.Viewer;
import reactor.core.publisher.Mono;

/** The account's settings and global notifications by their ids. */
@Component
class SettingsNodes implements NodeResolver {

	private final SettingsVersions versions;

	private final SettingsViews views;

	SettingsNodes(SettingsVersions versions, SettingsViews views) {
		this.versions = versions;
		this.views = views;
	}

	@Override
	public List<NodeType> types() {
		return List.of(new NodeType("NotificationSettings", Ids.Kind.SETTINGS, this::settings),
				new NodeType("GlobalNotification", Ids.Kind.GLOBAL_NOTIFICATION, this::notifications));
	}

	/** Their number is the account's. */
	private Mono<Map<Long, Object>> settings(Viewer viewer, Collection<Long> numbers) {
		long number = viewer.accountId().value();
		return !numbers.contains(number) ? Mono.just(Map.of())
				: current(viewer.accountId()).map((settings) -> Map.of(number, settings));
	}

	private Mono<Map<Long, Object>> notifications(Viewer viewer, Collection<Long> places) {
		return current(viewer.accountId()).map((settings) -> {
			Map<Long, Object> found = new HashMap<>();
			List<GlobalNotificationView> all = settings.globalNotifications();
			places.stream()
				.filter((place) -> place >= 0 && place < all.size())
				.forEach((place) -> found.put(place, all.get(place.intValue())));
			return found;
		});
	}

	private Mono<NotificationSettingsView> current(AccountId account) {
		return this.versions.current(account).map((current) -> this.views.settings(account, current));
	}

}
