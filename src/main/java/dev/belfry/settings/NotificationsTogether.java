package dev.belfry.settings;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

import dev.belfry.accounts.AccountId;
import dev.belfry.catalog.GlobalNotification;
import dev.belfry.catalog.GlobalNotifications;
import dev.belfry.catalog.Topic;
import reactor.core.publisher.Mono;

/**
 * The global notifications of an account, which are shown together: what one of them is
 * asked for is read once for all.
 */
public final class NotificationsTogether {

	private final AccountId account;

	private final SettingsVersion inForce;

	private final AtomicReference<Mono<?>> read = new AtomicReference<>();

	NotificationsTogether(AccountId account, SettingsVersion inForce) {
		this.account = account;
		this.inForce = inForce;
	}

	public SettingsVersion inForce() {
		return this.inForce;
	}

	/**
	 * What somebody reads of the topics of all that are on, by topic, when it is first
	 * asked for.
	 */
	@SuppressWarnings("unchecked")
	public <T> Mono<Map<Topic, T>> read(BiFunction<AccountId, Collection<Topic>, Mono<Map<Topic, T>>> read) {
		return (Mono<Map<Topic, T>>) this.read
			.updateAndGet((known) -> (known != null) ? known : read.apply(this.account, topics()).cache());
	}

	private List<Topic> topics() {
		return GlobalNotifications.all()
			.stream()
			.filter((notification) -> this.inForce.enabled(notification.type()))
			.map(GlobalNotification::topic)
			.toList();
	}

}
