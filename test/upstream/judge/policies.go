package main

import (
	"fmt"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/version"
	plugincel "k8s.io/apiserver/pkg/admission/plugin/cel"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	"k8s.io/apiserver/pkg/admission/plugin/webhook/matchconditions"
	"k8s.io/apiserver/pkg/cel/environment"
)

// policyJudge compiles the expressions of admission policies as an API server of one version does when one is stored.
type policyJudge struct {
	environment *environment.EnvSet
	compiled    int
}

func newPolicyJudge(kubernetes string) (*policyJudge, error) {
	parsed, err := version.ParseGeneric(kubernetes)
	if err != nil {
		return nil, fmt.Errorf("kubernetes: %w", err)
	}
	return &policyJudge{environment: environment.MustBaseEnvSet(parsed)}, nil
}

func (judge *policyJudge) judge(object *unstructured.Unstructured) []string {
	if object.GetKind() != "ValidatingAdmissionPolicy" {
		return nil
	}
	var policy admissionv1.ValidatingAdmissionPolicy
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(object.Object, &policy); err != nil {
		return []string{err.Error()}
	}
	compiler, err := plugincel.NewCompositedCompiler(judge.environment)
	if err != nil {
		return []string{err.Error()}
	}
	options := plugincel.OptionalVariableDeclarations{HasParams: policy.Spec.ParamKind != nil, HasAuthorizer: true}
	var says []string
	compile := func(path string, compile func() plugincel.CompilationResult) {
		judge.compiled++
		if result := compile(); result.Error != nil {
			says = append(says, path+": "+result.Error.Error())
		}
	}
	for i, each := range policy.Spec.MatchConditions {
		condition := matchconditions.MatchCondition(each)
		compile(fmt.Sprintf("spec.matchConditions[%d]", i), func() plugincel.CompilationResult {
			return compiler.CompileCELExpression(&condition, options, environment.StoredExpressions)
		})
	}
	for i, each := range policy.Spec.Variables {
		compile(fmt.Sprintf("spec.variables[%d]", i), func() plugincel.CompilationResult {
			return compiler.CompileAndStoreVariable(&validating.Variable{Name: each.Name, Expression: each.Expression}, options, environment.StoredExpressions)
		})
	}
	for i, each := range policy.Spec.Validations {
		compile(fmt.Sprintf("spec.validations[%d]", i), func() plugincel.CompilationResult {
			return compiler.CompileCELExpression(&validating.ValidationCondition{Expression: each.Expression, Message: each.Message, Reason: each.Reason}, options, environment.StoredExpressions)
		})
		if each.MessageExpression != "" {
			compile(fmt.Sprintf("spec.validations[%d].messageExpression", i), func() plugincel.CompilationResult {
				return compiler.CompileCELExpression(&validating.MessageExpressionCondition{MessageExpression: each.MessageExpression}, options, environment.StoredExpressions)
			})
		}
	}
	return says
}
