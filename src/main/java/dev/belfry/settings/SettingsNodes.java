package dev.belfry.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.stereotype.Component;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Ids;
import dev.belfry.accounts.NodeResolver;
import dev.belfry.accounts.Viewer;
import reactor.core.publisher.Mono;

/**
 * The account's settings and global notifications by their ids; for one who may not read
 * settings they are not there.
 */
@Component
class SettingsNodes implements NodeResolver {

	private final SettingsVersions versions;

	private final SettingsViews views;

	private final Ids ids;

	SettingsNodes(SettingsVersions versions, SettingsViews views, Ids ids) {
		this.versions = versions;
		this.views = views;
		this.ids = ids;
	}

	@Override
	public Mono<Map<String, Object>> resolve(Viewer viewer, List<String> ids) {
		if (viewer.account() == null || !viewer.scopes().contains("settings:read")) {
			return Mono.just(Map.of());
		}
		AccountId account = viewer.accountId();
		boolean asked = ids.stream()
			.anyMatch((id) -> this.ids.decode(Ids.Kind.SETTINGS, account, id) != null
					|| this.ids.decode(Ids.Kind.GLOBAL_NOTIFICATION, account, id) != null);
		return !asked ? Mono.just(Map.of())
				: this.versions.current(account).map((current) -> byId(this.views.settings(account, current), ids));
	}

	private static Map<String, Object> byId(NotificationSettingsView settings, List<String> ids) {
		Map<String, Object> all = new HashMap<>();
		all.put(settings.id(), settings);
		settings.globalNotifications().forEach((notification) -> all.put(notification.id(), notification));
		all.keySet().retainAll(ids);
		return all;
	}

}
