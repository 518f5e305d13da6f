package dev.belfry.embedded.demo;

import java.util.List;
import java.util.Map;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

import dev.belfry.alerts.editing.AlertInput.WatchInput;
import dev.belfry.alerts.editing.AlertUpdates;
import dev.belfry.alerts.editing.NewAlertInput;
import dev.belfry.alerts.recipients.RecipientInput;
import dev.belfry.alerts.rules.TemplateText;
import dev.belfry.ids.Ids;
import dev.belfry.input.UserErrors;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Author;
import reactor.core.publisher.Mono;

/** The alerts of the demo's accounts, made as their owners would make them. */
@Component
@ConditionalOnBooleanProperty("belfry.embedded")
class DemoAlerts {

	private static final Query<Long> INTEGRATION = Query
		.number("select integration_id from integration_origin where account_id = $1 and external_id = $2");

	private static final int SILENT_MINUTES = 10;

	private final AlertUpdates updates;

	private final AccountDatabase database;

	private final Ids ids;

	DemoAlerts(AlertUpdates updates, AccountDatabase database, Ids ids) {
		this.updates = updates;
		this.database = database;
		this.ids = ids;
	}

	/** What is there already stays as it is. */
	Mono<Void> make(DemoAccount account, AccountId id) {
		Author owner = new Author(null, DemoPerson.of(account, DemoRole.OWNER).fullName());
		return this.database.one(id, INTEGRATION, shop(account))
			.map((shop) -> this.ids.encode(Ids.Kind.INTEGRATION, id, shop))
			.flatMapIterable((shop) -> List.of(noOrders(shop), failedJob(), internationalOrder(account)))
			.concatMap((alert) -> this.updates.create(id, owner, alert).then().onErrorComplete(UserErrors.class))
			.then();
	}

	private static NewAlertInput internationalOrder(DemoAccount account) {
		return new NewAlertInput("International Order Alert", "ORDER_IMPORTED", true,
				test("order.shipping.country", "NOT_EQUALS", "US"), null,
				new TemplateText("Order {{order.number}} ships to {{order.shipping.country}}: {{order.total}}",
						"""
								Order {{order.number}} of {{order.channel}} ships to {{order.shipping.country}}. It comes to {{order.total}}:

								{{#order.lines}}
								- {{quantity}} × {{title}} ({{sku}}), {{price}} each
								{{/order.lines}}

								Customs papers are needed before it leaves."""),
				List.of(RecipientInput.persona("B2B_USER"), RecipientInput.persona("ACCOUNT_OWNER"),
						RecipientInput.email("customs@" + account.externalId() + ".example")),
				null);
	}

	private static NewAlertInput failedJob() {
		return new NewAlertInput("Failed job that customers notice", "JOB_COMPLETED", true,
				Map.of("all",
						List.of(test("job.outcome", "EQUALS", "FAILED"),
								Map.of("any",
										List.of(test("job.origin.kind", "EQUALS", "CHANNEL"),
												test("job.operation", "STARTS_WITH", "GET_INVENTORY"))))),
				null, new TemplateText("{{job.operationName}} failed: {{job.integration.name}}", """
						{{job.operationName}} of {{job.integration.name}} ({{job.origin.name}}) has failed.

						{{#job.messages}}
						- {{text}}
						{{/job.messages}}"""), List.of(RecipientInput.defaultEmail()), null);
	}

	private static NewAlertInput noOrders(String integrationId) {
		return new NewAlertInput("No orders come in", "JOB_OVERDUE", true, null,
				new WatchInput(DemoOperation.GET_ORDERS.name(), integrationId, SILENT_MINUTES, null),
				new TemplateText("{{job.integration.name}}: {{job.operationName}} is overdue",
						"""
								{{job.operationName}} of {{job.integration.name}} has not ended for {{overdue.silentMinutes}} minutes.

								It was expected by {{overdue.expectedBy}}.
								{{#overdue.lastCompletedAt}}
								It ended last at {{overdue.lastCompletedAt}}.
								{{/overdue.lastCompletedAt}}"""),
				List.of(RecipientInput.defaultEmail()), null);
	}

	private static Map<String, Object> test(String field, String operator, String value) {
		return Map.of("test", Map.of("field", field, "operator", operator, "value", value));
	}

	private static String shop(DemoAccount account) {
		return DemoIntegration.of(account)
			.stream()
			.filter((integration) -> integration.everyHours().containsKey(DemoOperation.GET_ORDERS))
			.findFirst()
			.map((integration) -> integration.integration().externalId())
			.orElseThrow();
	}

}
