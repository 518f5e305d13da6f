package dev.belfry.settings;

import java.util.ArrayList;
import java.util.List;

import org.springframework.stereotype.Component;

import dev.belfry.catalog.commerce.GlobalNotifications;
import dev.belfry.catalog.types.GlobalNotification;
import dev.belfry.graphql.relay.Together;
import dev.belfry.ids.Ids;
import dev.belfry.viewer.AccountId;

/** Shows settings as the schema has them. */
@Component
class SettingsViews {

	private final Ids ids;

	SettingsViews(Ids ids) {
		this.ids = ids;
	}

	NotificationSettingsView settings(AccountId account, SettingsVersion inForce) {
		List<GlobalNotification> all = GlobalNotifications.all();
		Together<GlobalNotification> on = new Together<>(
				all.stream().filter((notification) -> inForce.enabled(notification.type())).toList());
		List<GlobalNotificationView> notifications = new ArrayList<>();
		for (int place = 0; place < all.size(); place++) {
			notifications.add(new GlobalNotificationView(this.ids.encode(Ids.Kind.GLOBAL_NOTIFICATION, account, place),
					all.get(place), inForce, on));
		}
		return new NotificationSettingsView(account, this.ids.encode(Ids.Kind.SETTINGS, account, account.value()),
				inForce, notifications);
	}

}
