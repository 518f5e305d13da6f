package dev.belfry.delivery.history;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import dev.belfry.delivery.composing.Composer;
import dev.belfry.delivery.composing.Mail;
import dev.belfry.graphql.relay.Together;
import dev.belfry.ids.Ids;
import dev.belfry.viewer.AccountId;
import dev.belfry.work.TenantWork;
import reactor.core.publisher.Mono;

/** Shows deliveries as the schema has them, to those who know their numbers. */
@Component
public class DeliveryViews {

	private final Deliveries deliveries;

	private final Composer composer;

	private final Ids ids;

	private final TenantWork work;

	DeliveryViews(Deliveries deliveries, Composer composer, Ids ids, TenantWork work) {
		this.deliveries = deliveries;
		this.composer = composer;
		this.ids = ids;
		this.work = work;
	}

	/** Those that there are, by their numbers. */
	public Mono<Map<Long, DeliveryView>> byIds(AccountId account, Collection<Long> numbers) {
		return numbers.isEmpty() ? Mono.just(Map.of())
				: this.deliveries.byIds(account, numbers)
					.map((found) -> of(account, found).stream()
						.collect(Collectors.toMap((view) -> view.delivery().deliveryId(), Function.identity())));
	}

	/** Deliveries that were read together; what they say is read together too. */
	List<DeliveryView> of(AccountId account, List<Delivery> deliveries) {
		Together<Delivery> together = new Together<>(deliveries);
		return deliveries.stream().map((delivery) -> new DeliveryView(delivery, together, this.ids)).toList();
	}

	/** What it says; nothing once the address was erased. */
	Mono<Mail> mail(DeliveryView view) {
		Delivery delivery = view.delivery();
		return view.together()
			.read(Mail.class,
					(all) -> this.deliveries.mails(delivery.account(), all.stream().map(Delivery::deliveryId).toList()))
			.mapNotNull((mails) -> mails.get(delivery.deliveryId()))
			.publishOn(this.work.of(delivery.account()))
			.map(this.composer::mail);
	}

}
