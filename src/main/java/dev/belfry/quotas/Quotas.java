package dev.belfry.quotas;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

import dev.belfry.input.Refusal;
import dev.belfry.quotas.QuotaBucket.Key;
import dev.belfry.quotas.QuotaBucket.Told;
import dev.belfry.quotas.QuotaSettings.Scope;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.User;
import dev.belfry.viewer.Viewer;
import dev.belfry.work.Limit;

/**
 * How much each user and account, and the platform, may still use. Each quota is a token
 * bucket on each node; what others have let somebody use is taken from it each second
 * ({@link QuotaExchange}), so that several nodes allow what one would.
 *
 * @see <a href="https://doi.org/10.1145/1282380.1282419">Raghavan et al., Cloud Control
 * with Distributed Rate Limiting, 2007: the global token bucket</a>
 */
@Component
@EnableConfigurationProperties(QuotaSettings.class)
public class Quotas {

	private static final int MOST_REMEMBERED = 200_000;

	private final QuotaSettings settings;

	private final Cache<Key, QuotaBucket> buckets;

	private final Map<String, Limit> limits = new HashMap<>();

	Quotas(QuotaSettings settings, MeterRegistry meters) {
		this.settings = settings;
		// A bucket that nobody has used for so long is full again, be it ever so deep in
		// debt.
		this.buckets = Caffeine.newBuilder()
			.maximumSize(MOST_REMEMBERED)
			.expireAfterAccess(settings.burst().multipliedBy(2).plus(settings.shareInterval()))
			.build();
		for (Scope scope : Scope.values()) {
			for (Use use : Use.values()) {
				String policy = new Key(scope, 0, 0, use).policy();
				if (settings.of(scope, use) > 0) {
					this.limits.put(policy, new Limit("belfry.quotas." + policy, meters));
				}
			}
		}
	}

	/** Lets a viewer use so much, or refuses it; then nothing of it was used. */
	public Answer take(Viewer viewer, Use use, long number) {
		List<QuotaBucket> buckets = buckets(viewer, use);
		for (int i = 0; i < buckets.size(); i++) {
			QuotaBucket bucket = buckets.get(i);
			Duration wait = bucket.take(number);
			if (!wait.isZero()) {
				buckets.subList(0, i).forEach((taken) -> taken.giveBack(number));
				return Answer.of(buckets, refuse(bucket, wait));
			}
		}
		return Answer.of(buckets, null);
	}

	/**
	 * Lets so many items be handed in for an account, whoever does it, or fails with a
	 * {@link Refusal}.
	 */
	public void takeItems(AccountId account, long number) {
		QuotaBucket bucket = bucket(new Key(Scope.ACCOUNT, account.value(), 0, Use.ITEMS));
		Duration wait = (bucket != null) ? bucket.take(number) : Duration.ZERO;
		if (bucket != null && !wait.isZero()) {
			throw refuse(bucket, wait);
		}
	}

	private Refusal refuse(QuotaBucket bucket, Duration wait) {
		Key key = bucket.key();
		Objects.requireNonNull(this.limits.get(key.policy())).bites(key.who());
		return Refusal.rateLimited("There may be " + bucket.words() + ". Nothing was done; try again later.", wait);
	}

	private List<QuotaBucket> buckets(Viewer viewer, Use use) {
		List<QuotaBucket> buckets = new ArrayList<>(2);
		if (viewer.account() == null) {
			add(buckets, new Key(Scope.PLATFORM, 0, 0, use));
			return buckets;
		}
		long account = viewer.account().accountId().value();
		User user = viewer.user();
		add(buckets, new Key(Scope.USER, account, (user != null) ? user.userId() : 0, use));
		add(buckets, new Key(Scope.ACCOUNT, account, 0, use));
		return buckets;
	}

	private void add(List<QuotaBucket> buckets, Key key) {
		QuotaBucket bucket = bucket(key);
		if (bucket != null) {
			buckets.add(bucket);
		}
	}

	/** Null if there is no limit. */
	private @Nullable QuotaBucket bucket(Key key) {
		int perSecond = this.settings.of(key.scope(), key.use());
		return (perSecond > 0)
				? this.buckets.get(key, (fresh) -> new QuotaBucket(fresh, perSecond, this.settings.burst())) : null;
	}

	/** What was used here, in so far as that matters to other nodes. */
	Map<String, Told> used() {
		Map<String, Told> used = new HashMap<>();
		this.buckets.asMap().forEach((key, bucket) -> {
			Told told = bucket.tell(this.settings.shareInterval());
			if (told.matters()) {
				used.put(key.text(), told);
			}
		});
		return used;
	}

	/** Another node has let somebody use so much. */
	void usedElsewhere(String key, long number) {
		QuotaBucket bucket = bucket(Key.of(key));
		if (bucket != null) {
			bucket.takenElsewhere(number);
		}
	}

	/**
	 * Whether something may be done, and what is left then.
	 *
	 * @param balances of all quotas that it counts for
	 * @param refusal null if it may
	 */
	public record Answer(List<Balance> balances, @Nullable Refusal refusal) {

		static Answer of(List<QuotaBucket> buckets, @Nullable Refusal refusal) {
			return new Answer(buckets.stream().map(QuotaBucket::balance).toList(), refusal);
		}

		/** Fails with the refusal, if there is one. */
		public void orThrow() {
			if (this.refusal != null) {
				throw this.refusal;
			}
		}

	}

}
