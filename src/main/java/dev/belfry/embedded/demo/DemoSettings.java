package dev.belfry.embedded.demo;

import java.util.List;
import java.util.Map;

import io.r2dbc.postgresql.codec.Json;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/**
 * The notification settings of the demo's accounts, so that there are e-mails at once.
 */
@Component
@ConditionalOnBooleanProperty("belfry.embedded")
class DemoSettings {

	/** Nothing if somebody has chosen already. */
	private static final Query<Long> CHOOSE = Query
		.number("select version::bigint from save_settings($1, 0, $2, $3, null, $4)");

	private final AccountDatabase database;

	private final JsonMapper json;

	DemoSettings(AccountDatabase database, JsonMapper json) {
		this.database = database;
		this.json = json;
	}

	Mono<Void> choose(DemoAccount account, AccountId id) {
		DemoPerson owner = DemoPerson.of(account, DemoRole.OWNER);
		return this.database
			.one(id, CHOOSE, owner.email(), Json.of(this.json.writeValueAsString(toggles(account))), owner.fullName())
			.then();
	}

	private static Map<String, Object> toggles(DemoAccount account) {
		Map<String, Object> toDefault = Map.of("enabled", true, "overrideEmails", List.of());
		Map<String, Object> toAccounting = Map.of("enabled", true, "overrideEmails", List
			.of("accounting@" + account.externalId() + ".example", DemoPerson.of(account, DemoRole.MEMBER).email()));
		return Map.of("JOB_FAILED", toDefault, "JOB_COMPLETED_WITH_ERRORS", toDefault, "ORDER_ON_HOLD", toDefault,
				"NEW_INVENTORY_IMPORTED", toDefault, "NEW_RESELLER_SIGNUP", toDefault,
				"SOURCE_INVOICE_COST_OF_GOODS_MISMATCH", toAccounting);
	}

}
