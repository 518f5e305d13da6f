package dev.belfry.alerts.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.addresses.EmailAddress;
import dev.belfry.alerts.overdue.OverdueWatch;
import dev.belfry.alerts.recipients.Recipient;
import dev.belfry.input.NameKeys;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.values.JsonValues;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Author;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The alerts of accounts, as they are and as they were. */
@Component
public class AlertVersions {

	private static final String SELECT = """
			select v.alert_id, v.version, v.rules_version, v.name, v.event_type, v.enabled, v.deleted, v.condition, v.watch,
			       v.template, v.recipients, a.created_at, v.changed_at, v.user_id, v.changed_by
			from\s""";

	private static final String CURRENT = SELECT
			+ """
					alert a join alert_version v on v.account_id = a.account_id and v.alert_id = a.alert_id and v.version = a.version
					where a.account_id = $1 and a.ended is null and\s""";

	private static final Query<AlertVersion> BY_IDS = Query.of(CURRENT + "a.alert_id = any ($2)",
			AlertVersions::version);

	/** Also one that is deleted meanwhile. */
	private static final Query<Long> MADE_BY = Query
		.number("""
				select a.alert_id from alert a where a.account_id = $1 and a.creation_key = $2 order by a.alert_id desc limit 1""");

	private static final Query<AlertVersion> PAGE = Query.of(CURRENT + """
			a.alert_id < $2 and ($4 = '{}' or v.event_type = any ($4)) and v.enabled = coalesce($5, v.enabled)
			and not exists (select from unnest($6) w (word) where strpos(a.name_key, w.word) = 0)
			order by a.alert_id desc limit $3""", AlertVersions::version);

	private static final Query<AlertVersion> NAMING = Query.of(CURRENT + """
			exists (select from jsonb_array_elements(v.recipients) r where lower(r ->> 'email') = any ($2))""",
			AlertVersions::version);

	/** Of each of many alerts. */
	private static final Query<AlertVersion> BEFORE = Query.of(SELECT + """
			alert a cross join lateral (
			  select * from alert_version b
			  where b.account_id = a.account_id and b.alert_id = a.alert_id and b.version < $3
			  order by b.version desc limit $4) v
			where a.account_id = $1 and a.alert_id = any ($2) order by v.alert_id, v.version desc""",
			AlertVersions::version);

	/** Those in force where the range begins, and what came since. */
	private static final Query<AlertVersion> BETWEEN = Query.of(SELECT + """
			alert a cross join lateral (
			  select * from alert_version b
			  where b.account_id = a.account_id and b.alert_id = a.alert_id and b.rules_version <= $2
			  order by b.version desc limit 1) v
			where a.account_id = $1 and (a.ended is null or a.ended > $2)
			union all
			""" + SELECT + """
			alert a join alert_version v on v.account_id = a.account_id and v.alert_id = a.alert_id
			where a.account_id = $1 and v.account_id = $1 and v.rules_version > $2 and v.rules_version <= $3""",
			AlertVersions::version);

	private static final Query<AlertVersion> NAMED = Query.of(SELECT + """
			unnest($2::bigint[], $3::int[]) w (alert_id, version)
			join alert_version v on v.account_id = $1 and v.alert_id = w.alert_id and v.version = w.version
			join alert a on a.account_id = v.account_id and a.alert_id = v.alert_id""", AlertVersions::version);

	private static final Query<AlertVersion> NEWEST = Query.of(
			SELECT + """
					alert a join alert_version v on v.account_id = a.account_id and v.alert_id = a.alert_id and v.version = a.version
					where a.account_id = $1 and a.alert_id = any ($2)""",
			AlertVersions::version);

	private static final Query<Saved> SAVE = Query.of("""
			select s.problem, s.alert_id, s.version, s.rules_version, s.changed_at
			from save_alert($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) s""", Saved::of);

	/** In all versions, as far as an address stands in one. */
	private static final String FORGET = """
			update alert_version v
			set recipients = (
			  select coalesce(jsonb_agg(r.recipient order by r.place), '[]')
			  from jsonb_array_elements(v.recipients) with ordinality r (recipient, place)
			  where lower(r.recipient ->> 'email') is null or lower(r.recipient ->> 'email') <> all ($2))
			where v.account_id = $1 and exists (
			  select from jsonb_array_elements(v.recipients) r where lower(r ->> 'email') = any ($2))""";

	private static final JsonMapper JSON = new JsonMapper();

	private static final TypeReference<List<Map<String, Object>>> RECIPIENTS = new TypeReference<>() {
	};

	private final AccountDatabase database;

	private final AlertRules rules;

	AlertVersions(AccountDatabase database, AlertRules rules) {
		this.database = database;
		this.rules = rules;
	}

	/** The alert as it is; nothing if there is none, or none any more. */
	public Mono<AlertVersion> current(AccountId account, long alertId) {
		return current(account, List.of(alertId)).next();
	}

	/** Those of these alerts that there still are. */
	public Flux<AlertVersion> current(AccountId account, Collection<Long> alertIds) {
		return this.database.all(account, BY_IDS, Param.numbers(alertIds));
	}

	/** The number of the alert that a call with this idempotency key has made. */
	public Mono<Long> madeBy(AccountId account, String idempotencyKey) {
		return this.database.one(account, MADE_BY, idempotencyKey);
	}

	/** Alerts as they are, those made last first. */
	public Mono<List<AlertVersion>> page(AccountId account, AlertChoice choice, long below, int most) {
		return this.database
			.all(account, PAGE, below, most, Param.texts(choice.eventTypes()),
					Param.of(choice.enabled(), Boolean.class), Param.texts(choice.words()))
			.collectList();
	}

	/** Of each of these alerts the versions before one, newest first, so many. */
	public Mono<Map<Long, List<AlertVersion>>> before(AccountId account, Collection<Long> alertIds, long version,
			int most) {
		return this.database.all(account, BEFORE, Param.numbers(alertIds), version, most)
			.collect(Collectors.groupingBy(AlertVersion::alertId));
	}

	/**
	 * What was in force when the entries of a log were committed that carry these rules
	 * versions, both included.
	 */
	public Mono<AlertTimeline> of(AccountId account, long fromRulesVersion, long toRulesVersion) {
		return this.database.all(account, BETWEEN, fromRulesVersion, toRulesVersion)
			.collectList()
			.map((versions) -> new AlertTimeline(account, fromRulesVersion, toRulesVersion, versions, this.rules));
	}

	/**
	 * Versions by their numbers, also of alerts that are deleted.
	 * @param versions the numbers by the numbers of the alerts
	 */
	public Flux<AlertVersion> named(AccountId account, Map<Long, ? extends Collection<Integer>> versions) {
		List<Long> alerts = new ArrayList<>();
		List<Integer> numbers = new ArrayList<>();
		versions.forEach((alertId, all) -> all.forEach((version) -> {
			alerts.add(alertId);
			numbers.add(version);
		}));
		return this.database.all(account, NAMED, Param.numbers(alerts), numbers.toArray(Integer[]::new));
	}

	/** The newest versions of these alerts, also of those that are deleted. */
	public Flux<AlertVersion> newest(AccountId account, Collection<Long> alertIds) {
		return this.database.all(account, NEWEST, Param.numbers(alertIds));
	}

	/** Alerts as they are that have an address among their recipients. */
	Flux<AlertVersion> naming(AccountId account, String address) {
		return this.database.all(account, NAMING, spellings(address));
	}

	/** Forgets an address in all versions there are. */
	Mono<Void> forget(AccountId account, String address) {
		return this.database.update(account, FORGET, spellings(address)).then();
	}

	/** Makes the next version, or says what is in the way. */
	public Mono<Saved> save(AccountId account, Draft draft, Author author) {
		Alert alert = draft.alert();
		return this.database.one(account, SAVE, Param.of(draft.alertId(), Long.class), draft.expected(), alert.name(),
				NameKeys.key(alert.name()), alert.eventType(), alert.enabled(), draft.deleted(),
				json(alert.condition()), json((alert.watch() != null) ? alert.watch().json() : null),
				json(Map.of("subject", alert.template().subject(), "body", alert.template().body())),
				json(alert.recipients().stream().map(Recipient::json).toList()), Param.of(author.userId(), Long.class),
				author.name(), Param.of(draft.idempotencyKey(), String.class), Alert.MOST);
	}

	private static Object json(@Nullable Object value) {
		return Param.of((value != null) ? Json.of(JsonValues.write(value)) : null, Json.class);
	}

	private static Object spellings(String address) {
		return Param.texts(EmailAddress.spellings(address));
	}

	private static AlertVersion version(Readable row) {
		Map<String, @Nullable Object> watch = object(row, "watch");
		Map<String, @Nullable Object> template = JsonValues.readObject(Rows.get(row, "template", Json.class).asArray());
		List<Map<String, Object>> recipients = JSON.readValue(Rows.get(row, "recipients", Json.class).asArray(),
				RECIPIENTS);
		Alert alert = new Alert(Rows.text(row, "name"), Rows.text(row, "event_type"),
				Rows.get(row, "enabled", Boolean.class), object(row, "condition"),
				(watch != null) ? OverdueWatch.of(watch) : null,
				new TemplateText(String.valueOf(template.get("subject")), String.valueOf(template.get("body"))),
				recipients.stream().map(Recipient::of).toList());
		return new AlertVersion(Rows.number(row, "alert_id"), Rows.get(row, "version", Integer.class),
				Rows.number(row, "rules_version"), alert, Rows.get(row, "deleted", Boolean.class),
				Rows.instant(row, "created_at"), Rows.instant(row, "changed_at"),
				new Author(row.get("user_id", Long.class), Rows.text(row, "changed_by")));
	}

	private static @Nullable Map<String, @Nullable Object> object(Readable row, String column) {
		Json json = row.get(column, Json.class);
		return (json != null) ? JsonValues.readObject(json.asArray()) : null;
	}

	/**
	 * What is to become the next version of an alert.
	 *
	 * @param alertId null for a new alert
	 * @param expected the version that it is made on top of; 0 for a new alert
	 * @param idempotencyKey of the call that makes a new alert
	 */
	public record Draft(@Nullable Long alertId, int expected, Alert alert, boolean deleted,
			@Nullable String idempotencyKey) {

		public static Draft first(Alert alert, @Nullable String idempotencyKey) {
			return new Draft(null, 0, alert, false, idempotencyKey);
		}

		public static Draft next(AlertVersion before, Alert alert) {
			return new Draft(before.alertId(), before.version(), alert, false, null);
		}

		public static Draft last(AlertVersion before) {
			return new Draft(before.alertId(), before.version(), before.alert(), true, null);
		}

	}

	/**
	 * What came of a draft.
	 *
	 * @param problem what was in the way; null if nothing was
	 * @param alertId of the alert; null if something was in the way
	 */
	public record Saved(@Nullable Problem problem, @Nullable Long alertId) {

		static Saved of(Readable row) {
			String problem = row.get("problem", String.class);
			return new Saved((problem != null) ? Problem.valueOf(problem) : null, row.get("alert_id", Long.class));
		}

	}

	/** What can be in the way of a draft. */
	public enum Problem {

		/** It is not the newest version any more that the draft was made on top of. */
		CHANGED,
		/** Another alert has the name. */
		NAME,
		/** A recipient list is gone. */
		LIST,
		/** The account has as many alerts as it may have. */
		FULL

	}

}
