package dev.belfry.settings;

import java.util.List;
import java.util.Map;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.addresses.EmailAddress;
import dev.belfry.settings.SettingsVersion.Change;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.versions.Timeline;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Author;
import reactor.core.publisher.Mono;

/** The settings of accounts, as they are and as they were. */
@Component
public class SettingsVersions {

	private static final String SELECT = """
			select version, rules_version, default_email, global_notifications, changed_at, user_id, changed_by
			from\s""";

	private static final Query<SettingsVersion> CURRENT = Query.of(SELECT + """
			settings_version where account_id = $1 order by version desc limit 1""", SettingsVersions::version);

	private static final Query<SettingsVersion> BEFORE = Query.of(SELECT + """
			settings_version where account_id = $1 and version < $2 order by version desc limit $3""",
			SettingsVersions::version);

	/** With the one that is in force where the range begins. */
	private static final Query<SettingsVersion> BETWEEN = Query.of(SELECT + """
			settings_version v where v.account_id = $1 and v.rules_version <= $3
			and v.rules_version >= coalesce((select max(b.rules_version) from settings_version b
			  where b.account_id = $1 and b.rules_version <= $2), 0)""", SettingsVersions::version);

	private static final Query<SettingsVersion> SAVE = Query.of(SELECT + "save_settings($1, $2, $3, $4, $5, $6)",
			SettingsVersions::version);

	/** In all versions, as far as an address stands in one. */
	private static final String FORGET = """
			update settings_version v
			set default_email = case when lower(v.default_email) = any ($2) then null else v.default_email end,
			    global_notifications = (
			      select coalesce(jsonb_object_agg(t.type, jsonb_set(t.toggle, '{overrideEmails}', (
			        select coalesce(jsonb_agg(e.email order by e.place), '[]')
			        from jsonb_array_elements_text(t.toggle -> 'overrideEmails') with ordinality e (email, place)
			        where lower(e.email) <> all ($2)))), '{}')
			      from jsonb_each(v.global_notifications) t (type, toggle))
			where v.account_id = $1 and (lower(v.default_email) = any ($2) or exists (
			  select from jsonb_each(v.global_notifications) t (type, toggle),
			    jsonb_array_elements_text(t.toggle -> 'overrideEmails') e (email)
			  where lower(e.email) = any ($2)))""";

	private static final JsonMapper JSON = new JsonMapper();

	private static final TypeReference<Map<String, Toggle>> TOGGLES = new TypeReference<>() {
	};

	private final AccountDatabase database;

	SettingsVersions(AccountDatabase database) {
		this.database = database;
	}

	/** What is in force now. */
	public Mono<SettingsVersion> current(AccountId account) {
		return this.database.one(account, CURRENT).defaultIfEmpty(SettingsVersion.FIRST);
	}

	/**
	 * What was in force when the entries of a log were committed that carry these rules
	 * versions, both included.
	 */
	public Mono<Timeline<SettingsVersion>> of(AccountId account, long fromRulesVersion, long toRulesVersion) {
		return this.database.all(account, BETWEEN, fromRulesVersion, toRulesVersion)
			.startWith(SettingsVersion.FIRST)
			.collect(() -> new Timeline<>(fromRulesVersion, toRulesVersion),
					(timeline, version) -> timeline.add(version.rulesVersion(), version));
	}

	/** Those before a version, newest first; 0, which nobody made, is not among them. */
	Mono<List<SettingsVersion>> before(AccountId account, long version, int most) {
		return this.database.all(account, BEFORE, version, most).collectList();
	}

	/** The next version, or nothing if the expected one is not the newest. */
	Mono<SettingsVersion> save(AccountId account, int expected, Settings settings, Author author) {
		return this.database.one(account, SAVE, expected, Param.of(settings.defaultEmail(), String.class),
				Json.of(JSON.writeValueAsBytes(settings.toggles())), Param.of(author.userId(), Long.class),
				author.name());
	}

	/** Forgets an address in all versions there are. */
	Mono<Void> forget(AccountId account, String address) {
		return this.database.update(account, FORGET, Param.texts(EmailAddress.spellings(address))).then();
	}

	private static SettingsVersion version(Readable row) {
		Map<String, Toggle> toggles = JSON.readValue(Rows.get(row, "global_notifications", Json.class).asArray(),
				TOGGLES);
		Author author = new Author(row.get("user_id", Long.class), Rows.text(row, "changed_by"));
		return new SettingsVersion(Rows.get(row, "version", Integer.class), Rows.number(row, "rules_version"),
				new Settings(row.get("default_email", String.class), toggles),
				new Change(Rows.instant(row, "changed_at"), author));
	}

}
