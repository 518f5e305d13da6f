package dev.belfry.delivery.history;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.composing.Mail;
import dev.belfry.delivery.outbox.DeliveryState;
import dev.belfry.delivery.suppression.SuppressionList;
import dev.belfry.graphql.relay.Connection;
import dev.belfry.graphql.relay.PageOf;
import dev.belfry.graphql.relay.PageRequest;
import dev.belfry.graphql.relay.PagedList;
import dev.belfry.ids.Ids;
import dev.belfry.input.Refusal;
import dev.belfry.input.TextProblem;
import dev.belfry.input.UserError;
import dev.belfry.input.UserErrors;
import dev.belfry.store.Call;
import dev.belfry.store.Idempotency;
import dev.belfry.store.Memory;
import dev.belfry.values.SortKey;
import dev.belfry.values.TimeRange;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/** Deliveries as the schema asks for them. */
@Controller
class DeliveryController {

	private static final int MOST_TOPICS = 100;

	private final Deliveries deliveries;

	private final DeliveryViews views;

	private final SuppressionList suppressions;

	private final Ids ids;

	private final Idempotency idempotency;

	DeliveryController(Deliveries deliveries, DeliveryViews views, SuppressionList suppressions, Ids ids,
			Idempotency idempotency) {
		this.deliveries = deliveries;
		this.views = views;
		this.suppressions = suppressions;
		this.ids = ids;
		this.idempotency = idempotency;
	}

	@QueryMapping
	Mono<Connection<DeliveryView>> deliveries(@Argument @Nullable DeliveryFilter filter,
			@PageOf(PagedList.DELIVERIES) PageRequest page, @ContextValue Viewer viewer) {
		AccountId account = viewer.accountId();
		DeliveryChoice choice = (filter != null) ? choice(account, filter) : DeliveryChoice.ALL;
		return this.deliveries.page(account, choice, page.numberAfter(Long.MAX_VALUE), page.sought())
			.map((found) -> page.connection(found, (delivery) -> SortKey.of(delivery.deliveryId()),
					(shown) -> this.views.of(account, shown)));
	}

	@SchemaMapping(typeName = "Delivery")
	Mono<Mail> mail(DeliveryView delivery) {
		return this.views.mail(delivery);
	}

	@MutationMapping
	Mono<RetryPayload> retryDelivery(@Argument RetryInput input, @ContextValue Viewer viewer) {
		AccountId account = viewer.accountId();
		Long deliveryId = this.ids.decode(Ids.Kind.DELIVERY, account, input.id());
		Mono<Delivery> work = (deliveryId == null) ? Mono.error(Deliveries::notFound)
				: this.idempotency.once(
						new Call(account, "retryDelivery", input.idempotencyKey(), Idempotency.hash(deliveryId)),
						this.deliveries.retry(account, deliveryId), this.deliveries.one(account, deliveryId),
						Memory.of(Delivery.class));
		return UserErrors.answered(work.map((delivery) -> this.views.of(account, List.of(delivery)).get(0)),
				Mono.empty(), RetryPayload::new);
	}

	private DeliveryChoice choice(AccountId account, DeliveryFilter filter) {
		List<String> topics = Objects.requireNonNullElse(filter.topics(), List.of());
		if (topics.size() > MOST_TOPICS) {
			throw Refusal.badInput("This list takes at most " + MOST_TOPICS + " items.", "filter", "topics");
		}
		Set<DeliveryState> states = (filter.states() != null) ? Set.copyOf(filter.states()) : Set.of();
		String address = filter.address();
		return new DeliveryChoice(states, topics.stream().map(DeliveryController::topic).collect(Collectors.toSet()),
				(address != null) ? this.suppressions.keyOf(account, address.strip()) : null,
				Objects.requireNonNullElse(filter.createdAt(), TimeRange.ALWAYS));
	}

	/** What no topic can be called matches nothing, as does a topic without a name. */
	private static Topic topic(String key) {
		return new Topic(TextProblem.isStorable(key) ? key : "");
	}

	/** Which deliveries are asked for; null asks nothing. */
	record DeliveryFilter(@Nullable List<DeliveryState> states, @Nullable List<String> topics, @Nullable String address,
			@Nullable TimeRange createdAt) {
	}

	record RetryInput(String id, @Nullable String idempotencyKey) {
	}

	record RetryPayload(@Nullable DeliveryView delivery, List<UserError> userErrors) {
	}

}
