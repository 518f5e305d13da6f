package dev.belfry.catalog.commerce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.GlobalNotification;

import static dev.belfry.catalog.types.Purpose.COMPLETION;
import static dev.belfry.catalog.types.Purpose.INVESTIGATION;

/**
 * The global notifications, in the order in which people read them. A new one goes to the
 * end, and none is taken out: ids hold the place of a notification in this list.
 */
public final class GlobalNotifications {

	/** What a job completion counts as; no client can publish it. */
	public static final String JOB_COMPLETED = "JOB_COMPLETED";

	private static final List<GlobalNotification> ALL = List.of(
			new GlobalNotification("SOURCE_INVOICE_IMPORTED", "Source Invoice Imported",
					"A source has sent an invoice, and it has been imported.", COMPLETION, "SOURCE_INVOICE_IMPORTED"),
			new GlobalNotification("NEW_RESELLER_SIGNUP", "New Reseller Signup",
					"A reseller has signed up to buy from you.", COMPLETION, "RESELLER_SIGNED_UP"),
			new GlobalNotification("SHIPMENT_RECEIVED", "Shipment Received",
					"A source says that goods of an order are on their way to the customer.", COMPLETION,
					"SHIPMENT_RECEIVED"),
			new GlobalNotification("ORDER_ROUTING_COMPLETED", "Order Routing Completed",
					"It has been decided which source sends which goods of an order.", COMPLETION, "ORDER_ROUTED"),
			new GlobalNotification("INVENTORY_IMPORT_COMPLETED", "Inventory Import Completed",
					"The products of a source have been imported, with how many are new, updated and archived.",
					COMPLETION, JOB_COMPLETED),
			new GlobalNotification("LISTINGS_PUBLISHED", "Listings Published",
					"Products have been published to a channel, where customers can find them.", COMPLETION,
					JOB_COMPLETED),
			new GlobalNotification("NEW_INVENTORY_IMPORTED", "New Inventory Imported",
					"A source has products that you did not have before. Look at them before you sell them.",
					INVESTIGATION, "INVENTORY_IMPORTED"),
			new GlobalNotification("SOURCE_INVOICE_COST_OF_GOODS_MISMATCH", "Source Invoice Cost of Goods Mismatch",
					"A source's invoice asks for another cost of goods than the order has. Settle it before you pay.",
					INVESTIGATION, "SOURCE_INVOICE_COST_OF_GOODS_MISMATCH"),
			new GlobalNotification("ORDER_ON_HOLD", "Order On Hold",
					"An order cannot go on by itself, for example because no source has the goods. It waits for you.",
					INVESTIGATION, "ORDER_HELD"),
			new GlobalNotification("FULFILLMENT_REQUEST_REJECTED", "Fulfillment Request Rejected",
					"A source does not want to fulfill an order. Find another source for it, or cancel it.",
					INVESTIGATION, "FULFILLMENT_REQUEST_REJECTED"),
			new GlobalNotification("PRODUCT_PRICE_CHANGED", "Product Price Changed",
					"A source asks for another price for a product. See whether you still sell it for enough.",
					INVESTIGATION, "PRICE_UPDATED"),
			new GlobalNotification("PRODUCT_OUT_OF_STOCK", "Product Out of Stock",
					"A source has no more of a product. Find another source for it, or stop selling it.", INVESTIGATION,
					"QUANTITY_UPDATED"),
			new GlobalNotification("JOB_FAILED", "Job Failed", "An operation, for example Get Orders, has failed.",
					INVESTIGATION, JOB_COMPLETED),
			new GlobalNotification("JOB_COMPLETED_WITH_ERRORS", "Job Completed with Errors",
					"An operation has completed, but with errors.", INVESTIGATION, JOB_COMPLETED));

	private static final Map<String, GlobalNotification> BY_TYPE = new LinkedHashMap<>();

	static {
		ALL.forEach((notification) -> BY_TYPE.put(notification.type(), notification));
	}

	private GlobalNotifications() {
	}

	public static List<GlobalNotification> all() {
		return ALL;
	}

	/** The notification of a type, or null if there is none. */
	public static @Nullable GlobalNotification named(String type) {
		return BY_TYPE.get(type);
	}

}
