package dev.belfry.delivery.suppression;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.addresses.Addresses;
import dev.belfry.addresses.NoEmailAddress;
import dev.belfry.graphql.relay.Connection;
import dev.belfry.graphql.relay.PageOf;
import dev.belfry.graphql.relay.PageRequest;
import dev.belfry.graphql.relay.PagedList;
import dev.belfry.ids.Ids;
import dev.belfry.input.InputErrors;
import dev.belfry.input.TextProblem;
import dev.belfry.input.UserError;
import dev.belfry.input.UserErrorCode;
import dev.belfry.input.UserErrors;
import dev.belfry.store.Call;
import dev.belfry.store.Idempotency;
import dev.belfry.store.Memory;
import dev.belfry.values.SortKey;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Suppressions and erasure as the schema asks for them. */
@Controller
class SuppressionController {

	private static final int LONGEST_ADDRESS = 254;

	private static final Pattern ONCE_AN_ADDRESS = Pattern
		.compile("[^\\p{C}\\p{Z}@<>()\\[\\],;:\"\\\\]+@[\\p{L}\\p{Nd}\\p{M}.-]+\\.[\\p{L}\\p{Nd}\\p{M}-]+");

	private final SuppressionList suppressions;

	private final SuppressionRecords records;

	private final List<AddressErasure> erasures;

	private final Idempotency idempotency;

	private final Ids ids;

	SuppressionController(SuppressionList suppressions, SuppressionRecords records, List<AddressErasure> erasures,
			Idempotency idempotency, Ids ids) {
		this.suppressions = suppressions;
		this.records = records;
		this.erasures = erasures;
		this.idempotency = idempotency;
		this.ids = ids;
	}

	@QueryMapping
	Mono<Connection<Suppression>> suppressions(@PageOf(PagedList.SUPPRESSIONS) PageRequest page,
			@ContextValue Viewer viewer) {
		AccountId account = viewer.accountId();
		return this.records.page(account, page.numberAfter(Long.MAX_VALUE), page.sought())
			.collectList()
			.map((found) -> page.connection(found, (suppression) -> SortKey.of(suppression.suppressionId()),
					(shown) -> shown));
	}

	@SchemaMapping(typeName = "Suppression")
	String id(Suppression suppression, @ContextValue Viewer viewer) {
		return this.ids.encode(Ids.Kind.SUPPRESSION, viewer.accountId(), suppression.suppressionId());
	}

	@MutationMapping
	Mono<RemovePayload> removeSuppression(@Argument RemoveInput input, @ContextValue Viewer viewer) {
		AccountId account = viewer.accountId();
		Long suppressionId = this.ids.decode(Ids.Kind.SUPPRESSION, account, input.id());
		Mono<Suppression> work = (suppressionId == null) ? Mono.error(SuppressionController::notFound)
				: this.idempotency.once(
						new Call(account, "removeSuppression", input.idempotencyKey(), Idempotency.hash(suppressionId)),
						this.records.remove(account, suppressionId)
							.switchIfEmpty(Mono.error(SuppressionController::notFound)),
						Mono.empty(), Memory.of(Suppression.class));
		return UserErrors.answered(work, Mono.empty(), RemovePayload::new);
	}

	@MutationMapping
	Mono<ErasePayload> eraseAddress(@Argument EraseInput input, @ContextValue Viewer viewer) {
		AccountId account = viewer.accountId();
		Mono<Long> work = Mono.fromCallable(() -> address(input.address()))
			.flatMap((address) -> this.idempotency.once(
					new Call(account, "eraseAddress", input.idempotencyKey(),
							Idempotency.hash(this.suppressions.keyOf(account, address))),
					erase(viewer, address), Mono.empty(), Memory.of(Long.class)))
			.defaultIfEmpty(0L);
		return UserErrors.answered(work.map(Math::toIntExact), Mono.empty(), ErasePayload::new);
	}

	/** Answers how many deliveries had the address. */
	private Mono<Long> erase(Viewer viewer, String address) {
		return this.suppressions.erase(viewer.accountId(), address)
			.delayUntil((erased) -> Flux.fromIterable(this.erasures)
				.concatMap((erasure) -> erasure.forget(viewer, address)))
			.delayUntil((erased) -> this.idempotency.forget(viewer.accountId(), address));
	}

	private static UserErrors notFound() {
		return UserErrors.at(UserErrorCode.NOT_FOUND, "There is no such suppression.", "id");
	}

	/** As it is kept. What was taken for an address once can be forgotten as such. */
	private static String address(String text) {
		InputErrors errors = new InputErrors();
		errors.at("address").add(TextProblem.of(text, LONGEST_ADDRESS));
		errors.check();
		try {
			return Addresses.one(text);
		}
		catch (NoEmailAddress none) {
			if (ONCE_AN_ADDRESS.matcher(text.strip()).matches()) {
				return text.strip();
			}
			throw UserErrors.at(UserErrorCode.INVALID, "This is not one e-mail address: " + none.why(), "address");
		}
	}

	record RemoveInput(String id, @Nullable String idempotencyKey) {
	}

	record EraseInput(String address, @Nullable String idempotencyKey) {
	}

	record RemovePayload(@Nullable Suppression suppression, List<UserError> userErrors) {
	}

	record ErasePayload(@Nullable Integer erasedDeliveries, List<UserError> userErrors) {
	}

}
