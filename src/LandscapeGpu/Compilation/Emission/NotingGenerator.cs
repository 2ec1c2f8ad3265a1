using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;

namespace LandscapeGpu.Compilation;

/// <summary>Emits into a method and notes what: all that programs are made of, and nothing else.</summary>
internal sealed class NotingGenerator(WrittenCode written, ILGenerator to) : ILGenerator
{
    private readonly Dictionary<Label, int> labels = [];

    public override int ILOffset => to.ILOffset;

    public override LocalBuilder DeclareLocal(Type localType, bool pinned)
    {
        written.Note("local");
        written.Note(localType);
        written.Note(pinned);
        return to.DeclareLocal(localType, pinned);
    }

    public override Label DefineLabel()
    {
        var label = to.DefineLabel();
        labels.Add(label, labels.Count);
        return label;
    }

    public override void MarkLabel(Label loc)
    {
        written.Note("label");
        written.Note(labels[loc]);
        to.MarkLabel(loc);
    }

    public override void Emit(OpCode opcode)
    {
        written.Note(opcode.Value);
        to.Emit(opcode);
    }

    public override void Emit(OpCode opcode, byte arg) => Noted(opcode, arg).Emit(opcode, arg);

    public override void Emit(OpCode opcode, short arg) => Noted(opcode, arg).Emit(opcode, arg);

    public override void Emit(OpCode opcode, int arg) => Noted(opcode, arg).Emit(opcode, arg);

    public override void Emit(OpCode opcode, long arg) => Noted(opcode, arg).Emit(opcode, arg);

    public override void Emit(OpCode opcode, float arg) => Noted(opcode, arg).Emit(opcode, arg);

    public override void Emit(OpCode opcode, double arg) => Noted(opcode, arg).Emit(opcode, arg);

    public override void Emit(OpCode opcode, Label label) => Noted(opcode, labels[label]).Emit(opcode, label);

    public override void Emit(OpCode opcode, LocalBuilder local) => Noted(opcode, local.LocalIndex).Emit(opcode, local);

    public override void Emit(OpCode opcode, ConstructorInfo con) => Noted(opcode, con).Emit(opcode, con);

    public override void Emit(OpCode opcode, FieldInfo field) => Noted(opcode, field).Emit(opcode, field);

    public override void Emit(OpCode opcode, MethodInfo meth) => Noted(opcode, meth).Emit(opcode, meth);

    public override void Emit(OpCode opcode, Type cls) => Noted(opcode, cls).Emit(opcode, cls);

    public override void EmitCall(OpCode opcode, MethodInfo methodInfo, Type[]? optionalParameterTypes) =>
        Noted(opcode, methodInfo).EmitCall(opcode, methodInfo, optionalParameterTypes);

    public override void Emit(OpCode opcode, Label[] labels) => throw Never("a table of jumps");

    public override void Emit(OpCode opcode, SignatureHelper signature) => throw Never("a signature");

    public override void Emit(OpCode opcode, string str) => throw Never("text");

    public override void EmitCalli(OpCode opcode, CallingConventions callingConvention, Type? returnType, Type[]? parameterTypes, Type[]? optionalParameterTypes) => throw Never("a call through a pointer");

    public override void EmitCalli(OpCode opcode, CallingConvention unmanagedCallConv, Type? returnType, Type[]? parameterTypes) => throw Never("a call through a pointer");

    public override void BeginCatchBlock(Type? exceptionType) => throw Never("exceptions");

    public override void BeginExceptFilterBlock() => throw Never("exceptions");

    public override Label BeginExceptionBlock() => throw Never("exceptions");

    public override void BeginFaultBlock() => throw Never("exceptions");

    public override void BeginFinallyBlock() => throw Never("exceptions");

    public override void EndExceptionBlock() => throw Never("exceptions");

    public override void BeginScope() => throw Never("scopes");

    public override void EndScope() => throw Never("scopes");

    public override void UsingNamespace(string usingNamespace) => throw Never("namespaces");

    private static NotSupportedException Never(string what) => new($"Programs are emitted without {what}.");

    private ILGenerator Noted<T>(OpCode opcode, T number)
        where T : unmanaged
    {
        written.Note(opcode.Value);
        written.Note(number);
        return to;
    }

    private ILGenerator Noted(OpCode opcode, MemberInfo member)
    {
        written.Note(opcode.Value);
        written.Note(member);
        return to;
    }
}
