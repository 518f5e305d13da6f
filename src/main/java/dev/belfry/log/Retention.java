package dev.belfry.log;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.belfry.platform.Failures;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Removes from time to time whatever has been kept long enough. */
@Component
public class Retention {

	private static final Logger log = LoggerFactory.getLogger(Retention.class);

	private final List<Expiry> all;

	private final Clock clock;

	private final AtomicBoolean running = new AtomicBoolean();

	Retention(List<Expiry> all, Clock clock) {
		this.all = List.copyOf(all);
		this.clock = clock;
	}

	@Scheduled(initialDelayString = "${belfry.retention.initial-delay:1m}",
			fixedDelayString = "${belfry.retention.interval:15m}")
	void run() {
		if (this.running.compareAndSet(false, true)) {
			remove().doFinally((signal) -> this.running.set(false)).subscribe();
		}
	}

	/** Removes all that is due, one kind after the other. Never fails. */
	public Mono<Void> remove() {
		return Flux.fromIterable(this.all).concatMap(this::remove).then();
	}

	private Mono<Long> remove(Expiry expiry) {
		return expiry.remove(this.clock.instant())
			.doOnNext((removed) -> report(expiry, removed))
			.onErrorResume((problem) -> {
				Failures.report(log, "Retention of " + expiry.name() + " stopped half-way and goes on at its next turn",
						problem);
				return Mono.empty();
			});
	}

	private static void report(Expiry expiry, long removed) {
		if (removed > 0) {
			log.info("Retention removed {} {}", removed, expiry.name());
		}
	}

}
