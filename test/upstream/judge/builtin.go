package main

import (
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	runtimeschema "k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/client-go/kubernetes/scheme"
)

var strict = serializer.NewCodecFactory(scheme.Scheme, serializer.EnableStrict).UniversalDeserializer()

func isBuiltIn(kind runtimeschema.GroupVersionKind) bool { return scheme.Scheme.Recognizes(kind) }

// judgeBuiltIn decodes the object strictly: an unknown field, a field twice or a value of another type is refused.
func judgeBuiltIn(object *unstructured.Unstructured) []string {
	content, err := object.MarshalJSON()
	if err == nil {
		_, _, err = strict.Decode(content, nil, nil)
	}
	if err != nil {
		return []string{err.Error()}
	}
	return nil
}
