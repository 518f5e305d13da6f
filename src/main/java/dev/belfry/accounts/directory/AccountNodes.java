package dev.belfry.accounts.directory;

import java.util.Map;
import java.util.Objects;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import reactor.core.publisher.Mono;

import dev.belfry.graphql.relay.NodeSource;
import dev.belfry.ids.Ids;
import dev.belfry.viewer.User;

/** The viewer's own account and its users, by their ids. */
@Configuration(proxyBeanMethods = false)
class AccountNodes {

	/** An id of an account is sealed for that account, so it can only be this one. */
	@Bean
	NodeSource accountSource() {
		return new NodeSource(Ids.Kind.ACCOUNT, (viewer, numbers) -> Mono
			.just(Map.of(viewer.accountId().value(), Objects.requireNonNull(viewer.account()))));
	}

	@Bean
	NodeSource userSource(Users users) {
		return new NodeSource(Ids.Kind.USER,
				(viewer, numbers) -> users.withNumbers(viewer.accountId(), numbers).collectMap(User::userId));
	}

}
