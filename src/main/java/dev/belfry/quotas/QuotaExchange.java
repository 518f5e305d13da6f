package dev.belfry.quotas;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import io.r2dbc.postgresql.codec.Interval;
import io.r2dbc.postgresql.codec.Json;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.loops.LoopPlan;
import dev.belfry.loops.Loops;
import dev.belfry.quotas.QuotaBucket.Told;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.store.SystemDatabase;
import reactor.core.publisher.Mono;

/**
 * Nodes tell each other what they let accounts use, in one statement a second: each
 * writes its own row, while somebody uses more than a twentieth of a quota, and reads
 * those of the others. What is told are totals, so nothing is lost or counted twice when
 * a round fails.
 */
@Component
class QuotaExchange {

	/** Who has told nothing for so many rounds is gone. */
	private static final int MOST_ROUNDS = 5;

	private static final JsonMapper JSON = new JsonMapper();

	private static final TypeReference<Map<String, Map<String, long[]>>> OTHERS = new TypeReference<>() {
	};

	private static final Query<byte[]> TELL = Query.of("select tell_quota_use($1, $2, $3) as others",
			(row) -> Rows.get(row, "others", Json.class).asArray());

	private final SystemDatabase system;

	private final Quotas quotas;

	private final Duration alive;

	private final String node = UUID.randomUUID().toString();

	/** Totals of other nodes, by node and key. */
	private final Map<String, Long> seen = new HashMap<>();

	/** Whether the row of this node says anything. */
	private boolean told;

	QuotaExchange(SystemDatabase system, Quotas quotas, QuotaSettings settings, Loops loops) {
		this.system = system;
		this.quotas = quotas;
		this.alive = settings.shareInterval().multipliedBy(MOST_ROUNDS);
		loops.run(LoopPlan
			.every(settings.shareInterval(), "quotas", "Quotas could not be shared; each node lets a whole one through")
			.first(settings.shareInterval()), this::exchange);
	}

	Mono<Void> exchange() {
		return Mono.defer(() -> {
			Map<String, Told> used = this.quotas.used();
			boolean news = !used.isEmpty() || this.told;
			this.told = !used.isEmpty();
			return this.system.one(TELL, this.node, Param.of(news ? Json.of(json(used)) : null, Json.class),
					Interval.of(this.alive));
		}).doOnNext(this::hear).then();
	}

	private static byte[] json(Map<String, Told> used) {
		Map<String, long[]> totals = new HashMap<>();
		used.forEach((key, told) -> totals.put(key, new long[] { told.all(), told.fresh() }));
		return JSON.writeValueAsBytes(totals);
	}

	/** Of one that was not heard of before, only what is fresh is known to be new. */
	private void hear(byte[] others) {
		Map<String, Map<String, long[]>> byNode = JSON.readValue(others, OTHERS);
		Map<String, Long> totals = new HashMap<>();
		byNode.forEach((other, uses) -> uses.forEach((key, use) -> {
			String name = other + " " + key;
			Long before = this.seen.get(name);
			long fresh = (before != null) ? use[0] - before : use[1];
			totals.put(name, use[0]);
			if (fresh > 0) {
				this.quotas.usedElsewhere(key, fresh);
			}
		}));
		this.seen.clear();
		this.seen.putAll(totals);
	}

}
