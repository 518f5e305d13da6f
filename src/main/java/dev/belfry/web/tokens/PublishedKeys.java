package dev.belfry.web.tokens;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The keys that the issuer of tokens publishes, as they come and go. The issuer is asked
 * again before they are old, and at once for a key that they do not have; while it does
 * not answer, what it said last counts for an hour.
 */
final class PublishedKeys {

	private static final Logger log = LoggerFactory.getLogger(PublishedKeys.class);

	private static final Duration LONGEST_OUTAGE = Duration.ofHours(1);

	/** Between two questions, whatever tokens come. */
	private static final Duration PAUSE = Duration.ofSeconds(5);

	private final Callable<JWKSet> issuer;

	private final Duration refresh;

	private final Clock clock;

	/** One question at a time, whose answer all get who wait. */
	private final Mono<Keys> question = Mono.fromCallable(this::ask)
		.subscribeOn(Schedulers.boundedElastic())
		.cacheInvalidateIf((answered) -> true);

	private volatile @Nullable Keys last;

	private volatile @Nullable Instant asked;

	private volatile boolean failing;

	/**
	 * The keys that the issuer, who may block, answers.
	 * @param refresh after so long a key that is no longer published does not count
	 */
	PublishedKeys(Callable<JWKSet> issuer, Duration refresh, Clock clock) {
		this.issuer = issuer;
		this.refresh = refresh;
		this.clock = clock;
	}

	/** The keys as they are now. Fails when the issuer cannot be asked. */
	Mono<Keys> current() {
		return Mono.defer(() -> {
			Keys known = this.last;
			if (known == null || isOlder(known, this.failing ? LONGEST_OUTAGE : this.refresh)) {
				return this.question.onErrorResume((failure) -> orElse(known, failure));
			}
			if (isOlder(known, this.refresh.multipliedBy(4).dividedBy(5)) && mayAsk()) {
				this.question.subscribe(null, (failure) -> {
				});
			}
			return Mono.just(known);
		});
	}

	/** Those that may have signed the token. */
	Flux<JWK> of(SignedJWT token) {
		JWKSelector selector = new JWKSelector(JWKMatcher.forJWSHeader(token.getHeader()));
		return current().map((keys) -> keys.select(selector))
			.flatMap((found) -> found.isEmpty() ? this.question.map((keys) -> keys.select(selector)) : Mono.just(found))
			.flatMapIterable((found) -> found);
	}

	private Mono<Keys> orElse(@Nullable Keys known, Throwable failure) {
		return (known != null && !isOlder(known, LONGEST_OUTAGE)) ? Mono.just(known) : Mono.error(failure);
	}

	private boolean isOlder(Keys keys, Duration age) {
		return !this.clock.instant().isBefore(keys.since().plus(age));
	}

	private boolean mayAsk() {
		Instant before = this.asked;
		return before == null || !this.clock.instant().isBefore(before.plus(PAUSE));
	}

	private Keys ask() throws Exception {
		if (!mayAsk()) {
			throw new IllegalStateException("The keys of the issuer were requested a moment ago");
		}
		Instant now = this.clock.instant();
		this.asked = now;
		try {
			Keys answer = answer(this.issuer.call(), now);
			this.last = answer;
			succeed();
			return answer;
		}
		catch (Exception ex) {
			fail(ex);
			throw ex;
		}
	}

	private void succeed() {
		if (this.failing) {
			log.info("The keys of the issuer can be fetched again");
		}
		this.failing = false;
	}

	private void fail(Exception reason) {
		if (!this.failing) {
			log.warn("The keys of the issuer cannot be fetched: {}", reason.toString());
		}
		this.failing = true;
	}

	private Keys answer(JWKSet published, Instant now) {
		Keys known = this.last;
		if (known == null) {
			return new Keys(published, 0, now);
		}
		boolean same = new HashSet<>(known.set().getKeys()).equals(new HashSet<>(published.getKeys()));
		return new Keys(published, same ? known.version() : known.version() + 1, now);
	}

	/**
	 * What the issuer answered.
	 *
	 * @param version another one when the keys are others
	 */
	record Keys(JWKSet set, long version, Instant since) {

		private List<JWK> select(JWKSelector selector) {
			return selector.select(this.set);
		}

	}

}
