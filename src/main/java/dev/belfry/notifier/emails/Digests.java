package dev.belfry.notifier.emails;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.r2dbc.postgresql.codec.Json;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.catalog.types.Topic;
import dev.belfry.notifier.emails.NoiseFilter.Outcome;
import dev.belfry.notifier.emails.NoiseFilter.Telling;
import dev.belfry.notifier.emails.NoiseFilter.Verdict;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/**
 * What the e-mails list that tell of many. A window knows the first of what was folded;
 * the others are looked up when their e-mail is due.
 */
@Component
public class Digests {

	/** An e-mail lists no more entries than this. */
	static final int MOST_LISTED = 1_000;

	/** And all of one transaction together no more, but for what their windows know. */
	static final int MOST_TOGETHER = 10_000;

	private static final Query<Waiting> WAITING = Query.of("""
			select r.topic, r.address, o.position from jsonb_to_recordset($2) r (topic text, address text)
			cross join lateral (
			  select position from notification_outcome
			  where account_id = $1 and topic = r.topic and address = r.address and delivery_id is null
			  order by position limit $3) o""",
			(row) -> new Waiting(new NotifiedAddress(new Topic(Rows.text(row, "topic")), Rows.text(row, "address")),
					Rows.number(row, "position")));

	private final AccountDatabase database;

	private final JsonMapper json;

	Digests(AccountDatabase database, JsonMapper json) {
		this.database = database;
		this.json = json;
	}

	/** The tellings of a verdict, with all that they list. */
	public Mono<List<Telling>> listed(AccountId account, Verdict verdict) {
		List<Telling> tellings = verdict.tellings();
		List<NotifiedAddress> cut = tellings.stream()
			.filter(Digests::isCut)
			.map(Telling::recipient)
			.distinct()
			.toList();
		int most = Math.min(MOST_LISTED, MOST_TOGETHER / Math.max(1, cut.size()));
		if (cut.isEmpty() || most <= NoiseWindow.MOST_SHOWN) {
			return Mono.just(tellings);
		}
		return waiting(account, cut, most).map((waiting) -> listed(verdict, waiting, most));
	}

	/** What waited before this transaction is told by the first digest that follows. */
	private static List<Telling> listed(Verdict verdict, Map<NotifiedAddress, Collection<Long>> waiting, int most) {
		Map<Integer, List<Long>> folded = new HashMap<>();
		for (Outcome outcome : verdict.outcomes()) {
			if (outcome.telling() != null) {
				folded.computeIfAbsent(outcome.telling(), (telling) -> new ArrayList<>())
					.add(outcome.cause().position());
			}
		}
		Map<NotifiedAddress, Collection<Long>> left = new HashMap<>(waiting);
		List<Telling> listed = new ArrayList<>();
		for (Telling telling : verdict.tellings()) {
			List<Long> positions = folded.getOrDefault(listed.size(), new ArrayList<>());
			Collection<Long> before = telling.digest() ? left.remove(telling.recipient()) : null;
			if (before != null) {
				positions.addAll(before);
			}
			listed.add(isCut(telling) ? telling.listing(positions.stream().sorted().limit(most).toList()) : telling);
		}
		return listed;
	}

	private Mono<Map<NotifiedAddress, Collection<Long>>> waiting(AccountId account, List<NotifiedAddress> recipients,
			int most) {
		return this.database
			.all(account, WAITING,
					Json.of(this.json.writeValueAsBytes(recipients.stream().map(NotifiedAddress::row).toList())), most)
			.collectMultimap(Waiting::recipient, Waiting::position);
	}

	private static boolean isCut(Telling telling) {
		return telling.digest() && telling.entries() > telling.shown().size();
	}

	/** An entry that a recipient is to be told of. */
	private record Waiting(NotifiedAddress recipient, long position) {
	}

}
