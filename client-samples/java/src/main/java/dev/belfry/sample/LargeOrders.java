package dev.belfry.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

import dev.belfry.api.client.AlertsGraphQLQuery;
import dev.belfry.api.client.AlertsProjectionRoot;
import dev.belfry.api.client.CreateAlertGraphQLQuery;
import dev.belfry.api.client.CreateAlertProjectionRoot;
import dev.belfry.api.client.DeliveriesGraphQLQuery;
import dev.belfry.api.client.DeliveriesProjectionRoot;
import dev.belfry.api.types.Alert;
import dev.belfry.api.types.AlertConnection;
import dev.belfry.api.types.AlertFilter;
import dev.belfry.api.types.ConditionInput;
import dev.belfry.api.types.ConditionOperator;
import dev.belfry.api.types.ConditionTestInput;
import dev.belfry.api.types.CreateAlertInput;
import dev.belfry.api.types.CreateAlertPayload;
import dev.belfry.api.types.Delivery;
import dev.belfry.api.types.DeliveryConnection;
import dev.belfry.api.types.RecipientInput;

/**
 * Makes an alert about large orders, unless the account has it, and lists the account's
 * newest e-mails.
 */
public final class LargeOrders {

	private static final String NAME = "Large orders";

	private final TypedClient belfry;

	public LargeOrders(TypedClient belfry) {
		this.belfry = belfry;
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		String url = Optional.ofNullable(System.getenv("BELFRY_URL")).orElse("http://localhost:8080");
		String token = System.getenv("BELFRY_TOKEN");
		LargeOrders sample = new LargeOrders(new TypedClient(url, (token != null) ? token : demoToken(url)));
		System.out.println("The alert is " + sample.alert().getId());
		for (Delivery mail : sample.emails()) {
			System.out.println(mail.getState() + " to " + mail.getAddress() + ": " + mail.getSubject());
		}
	}

	/** The alert, made if there was none. */
	public Alert alert() throws IOException, InterruptedException {
		AlertsGraphQLQuery query = AlertsGraphQLQuery.newRequest()
			.filter(AlertFilter.newBuilder().search(NAME).build())
			.build();
		AlertConnection found = this.belfry.ask(query, new AlertsProjectionRoot<>().nodes().id().name(),
				AlertConnection.class);
		for (Alert alert : found.getNodes()) {
			if (alert.getName().equalsIgnoreCase(NAME)) {
				return alert;
			}
		}
		return create();
	}

	/** The account's e-mails, newest first. */
	public List<Delivery> emails() throws IOException, InterruptedException {
		DeliveriesGraphQLQuery query = DeliveriesGraphQLQuery.newRequest().first(10).build();
		return this.belfry
			.ask(query, new DeliveriesProjectionRoot<>().nodes().address().subject().state(), DeliveryConnection.class)
			.getNodes();
	}

	private Alert create() throws IOException, InterruptedException {
		ConditionTestInput isLarge = ConditionTestInput.newBuilder()
			.field("order.total")
			.operator(ConditionOperator.GREATER)
			.value(500)
			.build();
		CreateAlertInput input = CreateAlertInput.newBuilder()
			.name(NAME)
			.eventType("ORDER_IMPORTED")
			.enabled(true)
			.condition(ConditionInput.newBuilder().test(isLarge).build())
			.recipients(List.of(RecipientInput.newBuilder().persona("ACCOUNT_OWNER").build()))
			.build();
		CreateAlertPayload made = this.belfry.ask(CreateAlertGraphQLQuery.newRequest().input(input).build(),
				new CreateAlertProjectionRoot<>().alert().id().name().root().userErrors().message(),
				CreateAlertPayload.class);
		if (!made.getUserErrors().isEmpty()) {
			throw new IllegalStateException(made.getUserErrors().get(0).getMessage());
		}
		return made.getAlert();
	}

	private static String demoToken(String url) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/demo/token?account=northwind&as=owner")).build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
	}

}
