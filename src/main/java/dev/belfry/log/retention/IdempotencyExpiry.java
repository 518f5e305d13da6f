package dev.belfry.log.retention;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Calls can be repeated for a day; then their keys go. */
@Configuration(proxyBeanMethods = false)
class IdempotencyExpiry {

	@Bean
	Expiry idempotencyKeys() {
		return Expiry.byAge("idempotency keys", "idempotency_key", "operation, key", "created_at",
				"interval '25 hours'", "true");
	}

}
