package dev.belfry.catalog.commerce;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.belfry.catalog.types.GlobalNotification;
import dev.belfry.catalog.types.Purpose;

import static org.assertj.core.api.Assertions.assertThat;

class GlobalNotificationsTests {

	@Test
	void keepsEachAtItsPlaceBecauseIdsHoldIt() {
		assertThat(GlobalNotifications.all()).extracting(GlobalNotification::type)
			.startsWith("SOURCE_INVOICE_IMPORTED", "NEW_RESELLER_SIGNUP", "SHIPMENT_RECEIVED",
					"ORDER_ROUTING_COMPLETED", "INVENTORY_IMPORT_COMPLETED", "LISTINGS_PUBLISHED",
					"NEW_INVENTORY_IMPORTED", "SOURCE_INVOICE_COST_OF_GOODS_MISMATCH", "ORDER_ON_HOLD",
					"FULFILLMENT_REQUEST_REJECTED", "PRODUCT_PRICE_CHANGED", "PRODUCT_OUT_OF_STOCK", "JOB_FAILED",
					"JOB_COMPLETED_WITH_ERRORS");
	}

	@Test
	void findsEachByItsType() {
		assertThat(GlobalNotifications.all()).allSatisfy((notification) -> {
			assertThat(GlobalNotifications.named(notification.type())).isSameAs(notification);
			assertThat(notification.type()).matches("[A-Z]+(_[A-Z]+)*");
		});
		assertThat(GlobalNotifications.named("job_failed")).isNull();
	}

	@Test
	void tellsPeopleInSentencesWhenEachIsSent() {
		assertThat(GlobalNotifications.all()).extracting(GlobalNotification::title).doesNotHaveDuplicates();
		assertThat(GlobalNotifications.all()).extracting(GlobalNotification::description)
			.doesNotHaveDuplicates()
			.allMatch((description) -> description.matches("[A-Z].{20,120}\\."));
	}

	@Test
	void saysOfThoseOfTheHelpPageWhatTheyAreFor() {
		assertThat(purposes("SOURCE_INVOICE_IMPORTED", "NEW_RESELLER_SIGNUP")).containsOnly(Purpose.COMPLETION);
		assertThat(purposes("NEW_INVENTORY_IMPORTED", "SOURCE_INVOICE_COST_OF_GOODS_MISMATCH"))
			.containsOnly(Purpose.INVESTIGATION);
	}

	private static List<Purpose> purposes(String... types) {
		return GlobalNotifications.all()
			.stream()
			.filter((notification) -> List.of(types).contains(notification.type()))
			.map(GlobalNotification::purpose)
			.toList();
	}

}
