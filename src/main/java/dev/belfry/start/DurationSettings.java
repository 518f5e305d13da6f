package dev.belfry.start;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Looks at the settings that are durations, before anything runs by them. */
final class DurationSettings {

	private static final List<String> ABOVE_ZERO = List.of("belfry.live.poll-interval", "belfry.socket.keep-alive",
			"belfry.socket.init-timeout", "belfry.retention.interval", "belfry.mail.poll-interval",
			"belfry.mail.watch-interval", "belfry.mail.cap-watch-interval", "belfry.mail.give-up-after",
			"belfry.mail.stuck-after", "belfry.notifier.poll-interval", "belfry.alerts.overdue-interval",
			"belfry.alerts.dry-run-limit", "belfry.buckets.lease", "belfry.tokens.keys-refresh",
			"belfry.connections.head-timeout", "belfry.connections.idle-timeout", "belfry.connections.body-timeout",
			"belfry.connections.unread-timeout", "belfry.loops.late-after", "belfry.database.statement-timeout",
			"belfry.database.longest-wait", "belfry.requests.longest-wait", "belfry.quotas.burst",
			"belfry.quotas.share-interval");

	private static final List<String> NOT_NEGATIVE = List.of("belfry.shutdown.delay", "belfry.retention.initial-delay",
			"belfry.notifier.window", "belfry.alerts.overdue-grace", "belfry.requests.refusal-delay");

	private DurationSettings() {
	}

	/** Refuses to start with one that is none, or that nothing can run by. */
	static void check(Environment environment) {
		ABOVE_ZERO.forEach((name) -> check(environment, name, Duration.ofNanos(1)));
		NOT_NEGATIVE.forEach((name) -> check(environment, name, Duration.ZERO));
	}

	private static void check(Environment environment, String name, Duration least) {
		try {
			Duration value = Binder.get(environment).bind(name, Duration.class).orElse(least);
			if (value.compareTo(least) < 0) {
				throw refused(environment, name, null);
			}
		}
		catch (BindException ex) {
			throw refused(environment, name, ex);
		}
	}

	private static StartRefused refused(Environment environment, String name, @Nullable Throwable cause) {
		return new StartRefused("The setting " + name + " is '" + environment.getProperty(name) + "'.",
				"Give it a duration, such as 500ms, 2s or 1h.", cause);
	}

}
