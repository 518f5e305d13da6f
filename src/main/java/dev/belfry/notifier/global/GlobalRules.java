package dev.belfry.notifier.global;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.commerce.GlobalNotifications;
import dev.belfry.catalog.types.GlobalNotification;
import dev.belfry.catalog.types.Topic;
import dev.belfry.ids.LogName;
import dev.belfry.jobs.log.JobOutcome;

/** When each global notification of the catalogue is due, and what its e-mails say. */
public final class GlobalRules {

	private static final Predicate<EventText> ALWAYS = (event) -> true;

	private static final List<GlobalRule> ALL = List.of(
			new EventRule(notification("SOURCE_INVOICE_IMPORTED"), ALWAYS,
					"Invoice {invoice.number} of {invoice.source}: {invoice.total}",
					"An invoice of {invoice.source} has come in.",
					paths("invoice.number", "invoice.source", "invoice.purchaseOrder", "invoice.orderNumber",
							"invoice.issuedAt", "invoice.dueAt", "invoice.goods", "invoice.shippingCost", "invoice.tax",
							"invoice.total"),
					paths("invoice.lines"), "Nothing needs to be done. The invoice is with your source invoices.",
					"source invoices imported",
					paths("invoice.number", "invoice.source", "invoice.purchaseOrder", "invoice.total")),
			new EventRule(notification("NEW_RESELLER_SIGNUP"), ALWAYS, "New reseller: {reseller.name}",
					"{reseller.name} wants to buy from you.",
					paths("reseller.name", "reseller.company", "reseller.email", "reseller.phone", "reseller.website",
							"reseller.country", "reseller.group", "reseller.needsApproval", "reseller.signedUpAt"),
					paths(), "Say hello, and let the reseller in if your shop asks for approval.", "new resellers",
					paths("reseller.name", "reseller.company", "reseller.email", "reseller.country")),
			new EventRule(notification("SHIPMENT_RECEIVED"), ALWAYS,
					"Order {order.number} has shipped from {shipment.source}",
					"{shipment.source} has handed a shipment to {shipment.carrier}.",
					paths("order.number", "order.channel", "order.customer.name", "order.shipping.country",
							"shipment.source", "shipment.number", "shipment.carrier", "shipment.service",
							"shipment.trackingNumber", "shipment.trackingUrl", "shipment.shippedAt",
							"shipment.completesOrder"),
					paths("shipment.lines"), "Nothing needs to be done. The channel is told with the next order sync.",
					"shipments received",
					paths("order.number", "shipment.source", "shipment.carrier", "shipment.trackingNumber")),
			new EventRule(notification("ORDER_ROUTING_COMPLETED"),
					(event) -> Boolean.TRUE.equals(event.at("routing.complete")), "Order {order.number} is routed",
					"Every line of the order has a source.",
					paths("order.number", "order.channel", "order.customer.name", "order.shipping.country",
							"order.total", "routing.routedAt"),
					paths("routing.lines"), "Nothing needs to be done. The sources are asked to fulfil it next.",
					"orders routed", paths("order.number", "order.channel", "order.total")),
			new JobRule(notification("INVENTORY_IMPORT_COMPLETED"),
					(job) -> job.isOf("GET_INVENTORY_PRIMARY", JobOutcome.SUCCEEDED), "completed",
					"Nothing needs to be done.", "inventory imports completed"),
			new JobRule(notification("LISTINGS_PUBLISHED"), (job) -> job.isOf("PUBLISH_LISTINGS", JobOutcome.SUCCEEDED),
					"completed", "Nothing needs to be done.", "times listings were published"),
			new EventRule(notification("NEW_INVENTORY_IMPORTED"), (event) -> isPositive(event, "inventory.new"),
					"{inventory.new} new products from {inventory.source}",
					"{inventory.source} has products that you did not have before.",
					paths("inventory.source", "inventory.integration", "inventory.importedAt", "inventory.imported",
							"inventory.updated", "inventory.new", "inventory.archived", "inventory.failed"),
					paths("inventory.newProducts"),
					"Have a look at the new products, and list those that you want to sell.",
					"imports with new products",
					paths("inventory.source", "inventory.new", "inventory.imported", "inventory.archived")),
			new EventRule(notification("SOURCE_INVOICE_COST_OF_GOODS_MISMATCH"), ALWAYS,
					"Invoice {invoice.number} of {invoice.source} differs by {invoice.difference}",
					"{invoice.source} bills {invoice.invoicedCost} for goods that should cost {invoice.expectedCost}.",
					paths("invoice.number", "invoice.source", "invoice.purchaseOrder", "invoice.orderNumber",
							"invoice.issuedAt", "invoice.dueAt", "invoice.expectedCost", "invoice.invoicedCost",
							"invoice.difference", "invoice.total"),
					paths("invoice.lines"), "Compare the lines with what you agreed before you pay the invoice.",
					"source invoices with another cost of goods",
					paths("invoice.number", "invoice.source", "invoice.expectedCost", "invoice.invoicedCost",
							"invoice.difference")),
			new EventRule(notification("ORDER_ON_HOLD"), ALWAYS, "Order {order.number} is on hold",
					"The order waits until somebody has looked at it.",
					paths("order.number", "order.channel", "order.customer.name", "order.shipping.country",
							"order.total", "hold.reason", "hold.explanation", "hold.heldAt"),
					paths("hold.lines", "order.lines"), "Resolve the reason, then release the order.", "orders on hold",
					paths("order.number", "order.channel", "order.total", "hold.reason")),
			new EventRule(notification("FULFILLMENT_REQUEST_REJECTED"), ALWAYS,
					"{fulfillmentRequest.source} rejects request {fulfillmentRequest.number}",
					"{fulfillmentRequest.source} does not fulfil what it was asked for: {fulfillmentRequest.reason}",
					paths("fulfillmentRequest.number", "fulfillmentRequest.source", "fulfillmentRequest.purchaseOrder",
							"fulfillmentRequest.reason", "fulfillmentRequest.rejectedAt", "order.number",
							"order.channel", "order.customer.name", "fulfillmentRequest.cost"),
					paths("fulfillmentRequest.lines"), "Route the lines to another source, or tell the customer.",
					"fulfillment requests rejected",
					paths("fulfillmentRequest.number", "fulfillmentRequest.source", "order.number",
							"fulfillmentRequest.reason")),
			new EventRule(notification("PRODUCT_PRICE_CHANGED"), ALWAYS,
					"{product.sku} now costs {product.newPrice} instead of {product.oldPrice}",
					"The price of {product.title} has changed.",
					paths("product.sku", "product.title", "product.source", "product.channel", "product.oldPrice",
							"product.newPrice", "product.changePercent"),
					paths(), "Check whether your own price still fits.", "prices changed",
					paths("product.sku", "product.title", "product.oldPrice", "product.newPrice")),
			new EventRule(notification("PRODUCT_OUT_OF_STOCK"),
					(event) -> isZero(event, "product.newQuantity") && isPositive(event, "product.oldQuantity"),
					"{product.sku} is out of stock", "No piece of {product.title} is left.",
					paths("product.sku", "product.title", "product.source", "product.channel", "product.oldQuantity",
							"product.newQuantity"),
					paths(), "Take it off your channels, or find another source.", "products out of stock",
					paths("product.sku", "product.title", "product.source")),
			new JobRule(notification("JOB_FAILED"), (job) -> job.has(JobOutcome.FAILED), "failed",
					"Look at the messages of the job. It is run again at its next turn.", "jobs failed"),
			new JobRule(notification("JOB_COMPLETED_WITH_ERRORS"), (job) -> job.has(JobOutcome.COMPLETED_WITH_ERRORS),
					"completed with errors", "Look at the messages of the job, and mend what they name.",
					"jobs completed with errors"));

	private static final Map<LogName, List<GlobalRule>> BY_LOG = ALL.stream()
		.collect(Collectors.groupingBy(GlobalRule::log));

	private static final Map<Topic, GlobalRule> BY_TOPIC = ALL.stream()
		.collect(Collectors.toMap(GlobalRule::topic, Function.identity()));

	private GlobalRules() {
	}

	static List<GlobalRule> all() {
		return ALL;
	}

	/** Those that a log tells of. */
	public static List<GlobalRule> of(LogName log) {
		return BY_LOG.getOrDefault(log, List.of());
	}

	/** The rule whose e-mails have this topic; null if a later Belfry has brought it. */
	public static @Nullable GlobalRule named(Topic topic) {
		return BY_TOPIC.get(topic);
	}

	private static GlobalNotification notification(String type) {
		return Objects.requireNonNull(GlobalNotifications.named(type), type);
	}

	private static boolean isPositive(EventText event, String path) {
		return event.at(path) instanceof BigDecimal number && number.signum() > 0;
	}

	private static boolean isZero(EventText event, String path) {
		return event.at(path) instanceof BigDecimal number && number.signum() == 0;
	}

	private static List<String> paths(String... paths) {
		return Arrays.asList(paths);
	}

}
