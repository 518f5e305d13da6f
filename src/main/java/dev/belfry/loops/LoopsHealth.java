package dev.belfry.loops;

import java.util.Map;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Says which loops do not get on. A node is unready only for those that its own answers
 * need: what a loop does for all nodes may fail on each of them alike, and the API goes
 * on without.
 */
@Configuration(proxyBeanMethods = false)
class LoopsHealth {

	@Bean
	HealthIndicator loopsHealthIndicator(Loops loops) {
		return () -> health(loops.late((plan) -> true));
	}

	@Bean
	HealthIndicator requestLoopsHealthIndicator(Loops loops) {
		return () -> health(loops.late(LoopPlan::serving));
	}

	private static Health health(Map<String, String> late) {
		return (late.isEmpty() ? Health.up() : Health.outOfService()).withDetails(late).build();
	}

}
