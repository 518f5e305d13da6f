package dev.belfry.notifier.why;

import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.catalog.types.GlobalNotification;
import dev.belfry.delivery.history.MailTroubles;
import dev.belfry.settings.GlobalNotificationView;
import dev.belfry.settings.SettingsVersion.Change;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/** What is wrong with global notifications, as the schema asks for it. */
@Controller
class NotificationTroubleController {

	private final MailTroubles troubles;

	NotificationTroubleController(MailTroubles troubles) {
		this.troubles = troubles;
	}

	/** What is off is in no trouble. */
	@SchemaMapping(typeName = "GlobalNotification")
	Mono<NotificationTrouble> trouble(GlobalNotificationView notification, @ContextValue Viewer viewer) {
		if (!notification.enabled()) {
			return Mono.empty();
		}
		Change change = notification.inForce().change();
		if (notification.recipients().isEmpty() && change != null) {
			return Mono.just(NotificationTrouble.withoutAddress(change.changedAt()));
		}
		return notification.together()
			.read(MailTroubles.class,
					(on) -> this.troubles.of(viewer.accountId(), on.stream().map(GlobalNotification::topic).toList()))
			.mapNotNull((found) -> found.get(notification.notification().topic()))
			.map(NotificationTrouble::of);
	}

}
