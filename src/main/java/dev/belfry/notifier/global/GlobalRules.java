package dev.belfry.notifier.global;

import java.math.BigDecimal;
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

/**
 * When each global notification of the catalogue is due. What its e-mails say is in
 * {@code mail/<type>.properties}.
 */
public final class GlobalRules {

	private static final Predicate<EventText> ALWAYS = (event) -> true;

	private static final List<GlobalRule> ALL = List.of(new EventRule(notification("SOURCE_INVOICE_IMPORTED"), ALWAYS),
			new EventRule(notification("NEW_RESELLER_SIGNUP"), ALWAYS),
			new EventRule(notification("SHIPMENT_RECEIVED"), ALWAYS),
			new EventRule(notification("ORDER_ROUTING_COMPLETED"),
					(event) -> Boolean.TRUE.equals(event.at("routing.complete"))),
			new JobRule(notification("INVENTORY_IMPORT_COMPLETED"),
					(job) -> job.isOf("GET_INVENTORY_PRIMARY", JobOutcome.SUCCEEDED)),
			new JobRule(notification("LISTINGS_PUBLISHED"),
					(job) -> job.isOf("PUBLISH_LISTINGS", JobOutcome.SUCCEEDED)),
			new EventRule(notification("NEW_INVENTORY_IMPORTED"), (event) -> isPositive(event, "inventory.new")),
			new EventRule(notification("SOURCE_INVOICE_COST_OF_GOODS_MISMATCH"), ALWAYS),
			new EventRule(notification("ORDER_ON_HOLD"), ALWAYS),
			new EventRule(notification("FULFILLMENT_REQUEST_REJECTED"), ALWAYS),
			new EventRule(notification("PRODUCT_PRICE_CHANGED"), ALWAYS),
			new EventRule(notification("PRODUCT_OUT_OF_STOCK"),
					(event) -> isZero(event, "product.newQuantity") && isPositive(event, "product.oldQuantity")),
			new JobRule(notification("JOB_FAILED"), (job) -> job.has(JobOutcome.FAILED)),
			new JobRule(notification("JOB_COMPLETED_WITH_ERRORS"), (job) -> job.has(JobOutcome.COMPLETED_WITH_ERRORS)));

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

}
