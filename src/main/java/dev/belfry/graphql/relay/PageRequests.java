package dev.belfry.graphql.relay;

import java.util.Objects;

import graphql.schema.DataFetchingEnvironment;
import org.springframework.core.MethodParameter;
import org.springframework.graphql.data.method.HandlerMethodArgumentResolver;
import org.springframework.stereotype.Component;

import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Viewer;

/**
 * Reads which page of a list a field asks for. The list is one of the object that has the
 * field, or of the viewer's account.
 */
@Component
class PageRequests implements HandlerMethodArgumentResolver {

	private final PageCursors cursors;

	PageRequests(PageCursors cursors) {
		this.cursors = cursors;
	}

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.hasParameterAnnotation(PageOf.class);
	}

	@Override
	public Object resolveArgument(MethodParameter parameter, DataFetchingEnvironment field) {
		PageOf list = Objects.requireNonNull(parameter.getParameterAnnotation(PageOf.class));
		return this.cursors.page(list.value(), account(field), field.getArgument("first"), field.getArgument("after"),
				field.getArgument("last"), field.getArgument("before"));
	}

	private static AccountId account(DataFetchingEnvironment field) {
		Object source = field.getSource();
		if (source instanceof OfAccount owned) {
			return owned.account();
		}
		Viewer viewer = Objects.requireNonNull(field.getGraphQlContext().get(Viewer.CONTEXT_KEY));
		return viewer.accountId();
	}

}
