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
import dev.belfry.notifier.emails.NoiseFilter.Verdict;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/**
 * What e-mails about many entries list. A window knows the first of what was folded; the
 * others are looked up when their e-mail is due.
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

	/** The e-mails of a verdict, with all that they list. */
	public Mono<List<DueEmail>> listed(AccountId account, Verdict verdict) {
		List<DueEmail> due = verdict.due();
		List<NotifiedAddress> cut = due.stream().filter(Digests::isCut).map(DueEmail::recipient).distinct().toList();
		int most = Math.min(MOST_LISTED, MOST_TOGETHER / Math.max(1, cut.size()));
		if (cut.isEmpty() || most <= NoiseWindow.MOST_SHOWN) {
			return Mono.just(due);
		}
		return waiting(account, cut, most).map((waiting) -> listed(verdict, waiting, most));
	}

	/** What waited before this transaction is in the first digest that follows. */
	private static List<DueEmail> listed(Verdict verdict, Map<NotifiedAddress, Collection<Long>> waiting, int most) {
		Map<Integer, List<Long>> folded = new HashMap<>();
		for (Outcome outcome : verdict.outcomes()) {
			if (outcome.email() != null) {
				folded.computeIfAbsent(outcome.email(), (email) -> new ArrayList<>()).add(outcome.cause().position());
			}
		}
		Map<NotifiedAddress, Collection<Long>> left = new HashMap<>(waiting);
		List<DueEmail> listed = new ArrayList<>();
		for (DueEmail email : verdict.due()) {
			List<Long> positions = folded.getOrDefault(listed.size(), new ArrayList<>());
			Collection<Long> before = email.digest() ? left.remove(email.recipient()) : null;
			if (before != null) {
				positions.addAll(before);
			}
			listed.add(isCut(email) ? email.listing(positions.stream().sorted().limit(most).toList()) : email);
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

	private static boolean isCut(DueEmail email) {
		return email.digest() && email.entries() > email.shown().size();
	}

	/** An entry that a recipient is to be notified of. */
	private record Waiting(NotifiedAddress recipient, long position) {
	}

}
