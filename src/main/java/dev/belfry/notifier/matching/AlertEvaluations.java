package dev.belfry.notifier.matching;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.delivery.outbox.MailJson;
import dev.belfry.ids.Cause;
import dev.belfry.ids.LogName;
import dev.belfry.notifier.entries.Entry;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What is kept of alerts that matched or failed. Of what they passed over, nothing is.
 */
@Component
public class AlertEvaluations {

	private static final Query<KeptMatch> KEPT = Query.of("""
			select e.alert_id, e.position, e.version, e.subject
			from unnest($2::bigint[], $3::bigint[]) w (alert_id, position)
			join alert_evaluation e on e.account_id = $1 and e.alert_id = w.alert_id and e.position = w.position
			where e.error is null""", (row) -> new KeptMatch(Rows.number(row, "alert_id"), Rows.number(row, "position"),
			Rows.get(row, "version", Integer.class), row.get("subject", String.class)));

	private static final Query<AlertOutcome> OF_ENTRY = Query.of("""
			select alert_id, log, position, version, error, addresses, unresolved, evaluated_at from alert_evaluation
			where account_id = $1 and log = $2 and position = $3""", AlertEvaluations::outcome);

	/** Of each of many alerts, newest first. An alert is about entries of one log. */
	private static final Query<AlertOutcome> BEFORE = Query.of(
			"""
					select e.* from unnest($2::bigint[]) a (alert_id) cross join lateral (
					  select alert_id, log, position, version, error, addresses, unresolved, evaluated_at from alert_evaluation e
					  where e.account_id = $1 and e.alert_id = a.alert_id and e.position < $3
					  order by e.position desc limit $4) e
					order by e.alert_id, e.position desc""",
			AlertEvaluations::outcome);

	private static final JsonMapper JSON = new JsonMapper();

	private static final TypeReference<List<Map<String, Object>>> UNRESOLVED = new TypeReference<>() {
	};

	private final AccountDatabase database;

	AlertEvaluations(AccountDatabase database) {
		this.database = database;
	}

	/**
	 * What is kept of alerts that matched entries.
	 * @param positions of the entries, by the numbers of the alerts
	 */
	public Flux<KeptMatch> matches(AccountId account, Map<Long, ? extends Collection<Long>> positions) {
		List<Long> alerts = new ArrayList<>();
		List<Long> entries = new ArrayList<>();
		positions.forEach((alertId, all) -> all.forEach((position) -> {
			alerts.add(alertId);
			entries.add(position);
		}));
		return alerts.isEmpty() ? Flux.empty()
				: this.database.all(account, KEPT, Param.numbers(alerts), Param.numbers(entries));
	}

	/** What came of an entry, by the numbers of the alerts. */
	public Mono<Map<Long, AlertOutcome>> of(AccountId account, Entry entry) {
		return this.database.all(account, OF_ENTRY, entry.log().name(), entry.position())
			.collectMap(AlertOutcome::alertId);
	}

	/**
	 * What came of each of these alerts at entries before a position, newest first, so
	 * many.
	 */
	public Mono<Map<Long, List<AlertOutcome>>> before(AccountId account, Collection<Long> alertIds, long position,
			int most) {
		return this.database.all(account, BEFORE, Param.numbers(alertIds), position, most)
			.collect(Collectors.groupingBy(AlertOutcome::alertId));
	}

	private static AlertOutcome outcome(Readable row) {
		List<Map<String, Object>> unresolved = JSON.readValue(Rows.get(row, "unresolved", Json.class).asArray(),
				UNRESOLVED);
		return new AlertOutcome(Rows.number(row, "alert_id"),
				new Cause(LogName.valueOf(Rows.text(row, "log")), Rows.number(row, "position")),
				Rows.get(row, "version", Integer.class), row.get("error", String.class),
				Rows.get(row, "addresses", Integer.class),
				unresolved.stream().map((each) -> String.valueOf(each.get("reason"))).toList(),
				Rows.instant(row, "evaluated_at"));
	}

	/** As {@code end_turn} takes it. */
	public static Map<String, @Nullable Object> row(AlertMatch match) {
		Map<String, @Nullable Object> row = new HashMap<>();
		row.put("log", match.entry().log().name());
		row.put("position", match.entry().position());
		row.put("alert_id", match.alert().alertId());
		row.put("version", match.alert().version());
		row.put("subject", (match.content() != null) ? MailJson.storable(match.content().subject()) : null);
		row.put("error", match.error());
		row.put("addresses", match.addresses().size());
		List<Map<String, Object>> unresolved = new ArrayList<>();
		match.unresolved()
			.forEach((each) -> unresolved.add(Map.of("recipient", each.recipient().json(), "reason", each.reason())));
		row.put("unresolved", unresolved);
		return row;
	}

	/**
	 * What came of an alert and an entry.
	 *
	 * @param error why the alert failed; null if it matched
	 * @param addresses how many it notified
	 * @param unresolved why those of its recipients were not notified who were not
	 */
	public record AlertOutcome(long alertId, Cause cause, int version, @Nullable String error, int addresses,
			List<String> unresolved, Instant evaluatedAt) {
	}

	/**
	 * What is kept of an alert that matched an entry of its log.
	 *
	 * @param subject of the e-mail about it; null once an address in it was erased
	 */
	public record KeptMatch(long alertId, long position, int version, @Nullable String subject) {
	}

}
