package dev.belfry.delivery.history;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.belfry.log.retention.Expiry;

/**
 * Deliveries that have ended go, with their attempts; the counts of past days; and the
 * addresses that users left, after longer than any e-mail waits.
 */
@Configuration(proxyBeanMethods = false)
class DeliveryExpiry {

	@Bean
	Expiry endedDeliveries() {
		return Expiry.byAge("deliveries", "delivery", "delivery_id", "created_at", Expiry.RETENTION,
				"k.state not in ('PENDING', 'SENDING', 'RETRYING')");
	}

	/** Those that no e-mail is left of. */
	@Bean
	Expiry sharedContents() {
		return Expiry.byAge("contents of e-mails", "mail_content", "content_id", "created_at", Expiry.RETENTION, """
				not exists (
				  select from delivery d where d.account_id = k.account_id and d.content_id = k.content_id)""");
	}

	@Bean
	Expiry mailDays() {
		return Expiry.byAge("days of e-mails", "mail_day", "day", "day", "interval '8 days'", "true");
	}

	@Bean
	Expiry addressesOfLeavers() {
		return Expiry.byAge("addresses that users left", "left_address", "address_key", "left_at", "interval '30 days'",
				"true");
	}

}
