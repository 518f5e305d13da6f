package dev.belfry.jobs.integrations;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.r2dbc.spi.Readable;
import org.springframework.stereotype.Component;

import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/** The integrations and origins of an account. Intake creates and renames them. */
@Component
public class Integrations {

	private static final String SELECT = """
			select i.account_id, i.integration_id, i.external_id, i.name,
			       i.origin_id, i.origin_kind, i.origin_external_id, i.origin_name
			from integration_origin i where i.account_id = $1""";

	private static final Query<Integration> BY_IDS = Query.of(SELECT + " and i.integration_id = any ($2)",
			Integrations::integration);

	private static final Query<Integration> FORWARD = Query.of(
			SELECT + " and i.integration_id > $2 and i.integration_id < $3 order by i.integration_id limit $4",
			Integrations::integration);

	private static final Query<Integration> BACKWARD = Query.of(
			SELECT + " and i.integration_id > $2 and i.integration_id < $3 order by i.integration_id desc limit $4",
			Integrations::integration);

	private static final Query<Origin> ORIGINS = Query.of(
			"""
					select o.account_id, o.origin_id, o.kind as origin_kind, o.external_id as origin_external_id, o.name as origin_name
					from origin o where o.account_id = $1 and o.origin_id = any ($2)""",
			Integrations::origin);

	private static final Query<Map.Entry<Long, String>> NAMES = Query.of(
			"select i.integration_id, i.name from integration i where i.account_id = $1 and i.integration_id = any ($2)",
			(row) -> Map.entry(Rows.number(row, "integration_id"), Rows.text(row, "name")));

	private final AccountDatabase database;

	Integrations(AccountDatabase database) {
		this.database = database;
	}

	public Mono<Map<Long, Integration>> byIds(AccountId account, Collection<Long> ids) {
		return this.database.all(account, BY_IDS, Param.numbers(ids)).collectMap(Integration::integrationId);
	}

	/** What those are called that there are, by number. */
	public Mono<Map<Long, String>> names(AccountId account, Collection<Long> ids) {
		return this.database.all(account, NAMES, Param.numbers(ids)).collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	public Mono<Map<Long, Origin>> originsByIds(AccountId account, Collection<Long> ids) {
		return this.database.all(account, ORIGINS, Param.numbers(ids)).collectMap(Origin::originId);
	}

	/** Those between two ids, from the lower or the upper end, in the order read. */
	public Mono<List<Integration>> between(AccountId account, long above, long below, int most, boolean fromAbove) {
		return this.database.all(account, fromAbove ? FORWARD : BACKWARD, above, below, most).collectList();
	}

	private static Integration integration(Readable row) {
		return new Integration(Rows.number(row, "integration_id"), Rows.text(row, "external_id"),
				Rows.text(row, "name"), origin(row));
	}

	private static Origin origin(Readable row) {
		return new Origin(new AccountId(Rows.number(row, "account_id")), Rows.number(row, "origin_id"),
				OriginKind.valueOf(Rows.text(row, "origin_kind")), Rows.text(row, "origin_external_id"),
				Rows.text(row, "origin_name"));
	}

}
